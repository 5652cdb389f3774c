import { Injectable } from '@nestjs/common';
import { RegistrationSettings } from '../../config/registration.settings.js';
import { UseLimiter } from '../../protocol/limits/use-limiter.js';
import { addressGroup } from '../../http/client-address.js';

const HOUR_SECONDS = 60 * 60;

/** Keeps one client address from registering without end. */
@Injectable()
export class RegistrationLimit {
  constructor(
    private readonly rates: UseLimiter,
    private readonly settings: RegistrationSettings,
  ) {}

  /**
   * Counts a registration, whatever becomes of it: for before anything is hashed or used up.
   *
   * @throws ProtocolException too many requests
   */
  async count(address: string): Promise<void> {
    const rate = { uses: this.settings.perHour, seconds: HOUR_SECONDS };
    await this.rates.count(`registration:address:${addressGroup(address)}`, rate);
  }
}
