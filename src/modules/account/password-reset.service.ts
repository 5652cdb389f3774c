import { Injectable } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { AttemptService } from '../../protocol/limits/attempt.service.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { verificationFailures } from '../verification/verification.messages.js';
import { refuseUnusable } from './account-status.js';
import type { Caller } from './caller.js';
import { CodeService } from './code.service.js';
import { asName, readAnyContact } from './contact.js';
import { CredentialsRepository } from './credentials.repository.js';
import type { ForgetPasswordDto } from './dto/code.dto.js';
import { KnownAddressRepository } from './known-address.repository.js';
import { LoginSubjects } from './login-subject.service.js';
import { NewPasswords } from './password/new-passwords.service.js';
import { PasswordService } from './password/password.service.js';
import { SafetyService } from './safety.service.js';

/** Resets a forgotten password with a verification code. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly database: Transactions,
    private readonly credentials: CredentialsRepository,
    private readonly safety: SafetyService,
    private readonly codes: CodeService,
    private readonly passwords: PasswordService,
    private readonly newPasswords: NewPasswords,
    private readonly attempts: AttemptService,
    private readonly subjects: LoginSubjects,
    private readonly addresses: KnownAddressRepository,
  ) {}

  /**
   * Sets a new password, ends every session and code of the account and forgets its wrong passwords. The
   * client's address becomes a known one, so that strangers cannot lock the owner out right after it.
   *
   * @throws ProtocolException a wrong form; a password that may not be set; a code that is not accepted,
   *   as is any for an unknown account; with the right code only: banned or pending
   */
  async reset(dto: ForgetPasswordDto, caller: Caller): Promise<void> {
    const contact = readAnyContact(dto.accounts, 'accounts');
    const password = { value: dto.pwd, field: 'pwd', at: 'change' } as const;
    await this.newPasswords.refuseWeak(password, asName(contact));
    const code = await this.codes.check('forgetpwd', contact, dto.verify, caller);
    const hash = await this.passwords.hash(dto.pwd, caller.address);
    const id = await this.database.transaction(async () => {
      const account = await this.credentials.lockByContact(contact);
      if (!account) throw new ProtocolException(verificationFailures.codeWrong);
      await this.codes.use(code);
      refuseUnusable(account);
      // Not before the code is used: only the owner may learn the account's other names.
      this.newPasswords.refuseNames(password, account);
      await this.safety.replacePassword(account, hash, 'password.reset', caller);
      await this.addresses.remember(account.id, caller.address);
      return account.id;
    });
    await this.attempts.forget(this.subjects.anywhere(contact.account, id));
  }
}
