import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../database/transactions.js';
import type { Origin } from '../../../protocol/request/origin.js';
import { AuditService } from '../../audit/audit.service.js';
import { normaliseAccount } from '../../verification/account-format.js';
import { CHANNELS } from '../../verification/channels.js';
import { VerificationService } from '../../verification/verification.service.js';
import type { Contact } from '../contact.js';
import { CredentialsRepository } from '../credentials.repository.js';
import { drawOneTimePassword, toStoredOneTime } from '../password/one-time-password.js';
import { PasswordService } from '../password/password.service.js';
import { SafetyService } from '../safety.service.js';
import { OperatorService } from './operator.service.js';

const HOUR_MS = 60 * 60 * 1_000;
const LIFETIME_MS = 24 * HOUR_MS;

/** A password for one login. */
export interface SetPassword {
  readonly password: string;
  readonly until: Date;
}

/** Helps owners of accounts who have forgotten their password, without learning what they choose. */
@Injectable()
export class OperatorPasswordService {
  constructor(
    private readonly database: Transactions,
    private readonly credentials: CredentialsRepository,
    private readonly verification: VerificationService,
    private readonly passwords: PasswordService,
    private readonly safety: SafetyService,
    private readonly operator: OperatorService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Where a code for a new password reaches an account's owner.
   *
   * @returns null where no open channel does; undefined where there is no account
   */
  async contactOf(id: string): Promise<Contact | null | undefined> {
    const account = await this.credentials.findById(id);
    if (!account) return undefined;
    const open = this.verification.openChannels();
    const contacts = CHANNELS.map((channel): Contact => {
      const contact = channel === 'sms' ? account.mobile : account.email;
      return { channel, account: normaliseAccount(contact) };
    });
    return contacts.find(({ channel, account: to }) => to !== '' && open.includes(channel)) ?? null;
  }

  /**
   * Sends the code of user/forgetpwd. It counts as any other, and until it is used nothing changes.
   *
   * @throws ProtocolException it could not be sent; too many codes
   */
  async sendCode(id: string, contact: Contact, origin: Origin): Promise<void> {
    const { language, address } = origin;
    await this.verification.send({
      purpose: 'forgetpwd',
      ...contact,
      language,
      client: { address },
      deliver: true,
      awaited: true,
    });
    await this.audit.record('password.code_sent', id, {}, origin);
  }

  /**
   * Replaces the password by one for a single login within 24 hours, after which the account has none and
   * its owner sets a new one. Ends every session and code, and forgets wrong passwords.
   *
   * @returns undefined where there is no such account
   */
  async setOneTime(id: string, origin: Origin): Promise<SetPassword | undefined> {
    const password = drawOneTimePassword();
    const hash = await this.passwords.hash(password, origin.address);
    const until = new Date(Date.now() + LIFETIME_MS);
    const stored = toStoredOneTime({ hash, until: Math.floor(until.getTime() / 1_000) });
    const account = await this.database.transaction(async () => {
      const locked = await this.credentials.lockById(id);
      if (!locked) return undefined;
      await this.safety.replacePassword(locked, stored, 'password.once_set', origin);
      return locked;
    });
    if (!account) return undefined;
    await this.operator.forgetFailures(account);
    return { password, until };
  }
}
