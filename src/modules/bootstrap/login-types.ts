import { Injectable } from '@nestjs/common';
import { VerificationService } from '../verification/verification.service.js';

/** A way to register and log in, by ShopXO's name. */
export type LoginType = 'username' | 'sms' | 'email';

/** What the client's start needs of whoever sends verification codes. */
export interface LoginTypes {
  /** The open ways; the client offers the first one first. */
  open(): readonly LoginType[];
}

/** The injection token of the port. */
export const LOGIN_TYPES = Symbol('LOGIN_TYPES');

/** A name and a password, and codes where a sender is configured. */
@Injectable()
export class OpenLoginTypes implements LoginTypes {
  constructor(private readonly verification: VerificationService) {}

  open(): readonly LoginType[] {
    return ['username', ...this.verification.openChannels()];
  }
}
