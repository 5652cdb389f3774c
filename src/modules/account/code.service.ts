import { Injectable } from '@nestjs/common';
import { addressGroup } from '../../protocol/client-address.js';
import type { Origin } from '../../protocol/origin.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { protocolFailures } from '../../protocol/protocol.failures.js';
import { AttemptService } from '../attempt/attempt.service.js';
import {
  type CodeClaim,
  type CodePurpose,
  VerificationService,
} from '../verification/verification.service.js';
import { verificationFailures } from '../verification/verification.failures.js';
import type { AccountType } from './account-type.js';
import { accountFailures } from './account.failures.js';
import { accountMessages } from './account.messages.js';
import { AccountRepository } from './account.repository.js';
import { type Contact, readAnyContact, readContact } from './contact.js';
import type { SendCodeDto } from './dto/send-code.dto.js';
import type { SendPasswordCodeDto } from './dto/send-password-code.dto.js';

/** Sends verification codes to accounts and takes them back. */
@Injectable()
export class CodeService {
  constructor(
    private readonly verification: VerificationService,
    private readonly accounts: AccountRepository,
    private readonly attempts: AttemptService,
  ) {}

  /** The ways to register and log in; `username` always is one. */
  offeredTypes(): AccountType[] {
    return ['username', ...this.verification.openChannels()];
  }

  /**
   * Sends a code for a login. An unknown account gets none, and the same answer.
   *
   * @throws ProtocolException a closed channel; a wrong form; what sending throws
   */
  async sendForLogin(dto: SendCodeDto, origin: Origin): Promise<''> {
    const contact = this.readOpen(dto);
    return this.send('login', contact, origin, await this.isKnown(contact));
  }

  /**
   * Sends a code for a registration, to a taken account too: who reads its messages may learn at
   * user/reg that it is taken, and no one else learns anything.
   *
   * @throws ProtocolException a closed channel; a wrong form; what sending throws
   */
  async sendForRegistration(dto: SendCodeDto, origin: Origin): Promise<''> {
    return this.send('reg', this.readOpen(dto), origin, true);
  }

  /**
   * Sends a code for a forgotten password. An unknown account gets none, and the same answer.
   *
   * @throws ProtocolException a wrong form; what sending throws
   */
  async sendForPassword({ accounts }: SendPasswordCodeDto, origin: Origin): Promise<''> {
    const contact = readAnyContact(accounts, 'accounts');
    return this.send('forgetpwd', contact, origin, await this.isKnown(contact));
  }

  /**
   * Sends a code for a binding, also where the contact is another account's: that is told to who
   * reads its messages only, by user/app*bind.
   *
   * @throws ProtocolException what sending throws
   */
  async sendForBinding(contact: Contact, origin: Origin): Promise<''> {
    return this.send('bind', contact, origin, true);
  }

  /**
   * Accepts a right code, once. Wrong ones count beyond the five tries that each code has, for
   * whoever could have code after code sent would guess one in time: for the address, for the
   * contact from there, so that a stranger's do not lock its owner out, and, with more of them, for
   * the contact from everywhere. Where there is no code nothing is guessed, and nothing counted; an
   * unknown account has one after a sending, too.
   *
   * @throws ProtocolException no code; none to accept or a wrong one; too many requests
   * @throws Error inside a transaction
   */
  async accept(
    purpose: CodePurpose,
    contact: Contact,
    code: string | undefined,
    { address }: Origin,
  ): Promise<void> {
    if (code === undefined || code === '') {
      throw new ProtocolException(protocolFailures.missing, {
        label: accountMessages('field.verify'),
        field: 'verify',
      });
    }
    const everywhere = `code:${purpose}:${contact.channel}:${contact.account}`;
    const name = `${everywhere}:${addressGroup(address)}`;
    const right = await this.attempts.try({ name, everywhere, address }, () =>
      this.isRight({ purpose, ...contact, code }),
    );
    if (!right) throw new ProtocolException(verificationFailures.codeWrong);
  }

  /** @throws ProtocolException no code, which counts nowhere */
  private async isRight(claim: CodeClaim): Promise<boolean> {
    try {
      await this.verification.verify(claim);
      return true;
    } catch (error) {
      const isWrong =
        error instanceof ProtocolException && error.failure === verificationFailures.codeWrong;
      if (isWrong) return false;
      throw error;
    }
  }

  private readOpen({ type, accounts }: SendCodeDto): Contact {
    if (!this.offeredTypes().includes(type)) {
      throw new ProtocolException(accountFailures.channelClosed, { type });
    }
    return readContact(type, accounts, 'accounts');
  }

  private async isKnown(contact: Contact): Promise<boolean> {
    return (await this.accounts.findByContact(contact)) !== undefined;
  }

  private async send(
    purpose: CodePurpose,
    contact: Contact,
    { address, language }: Origin,
    deliver: boolean,
  ): Promise<''> {
    await this.verification.send({ purpose, ...contact, address, language, deliver });
    return '';
  }
}
