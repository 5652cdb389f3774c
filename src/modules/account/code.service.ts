import { Injectable } from '@nestjs/common';
import type { Origin } from '../../protocol/request/origin.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { CodeCaptcha } from '../verification/code-captcha.service.js';
import type { CodeClient } from '../verification/code-client.js';
import {
  type CodePurpose,
  type RightCode,
  VerificationService,
} from '../verification/verification.service.js';
import type { AccountType } from './account-type.js';
import { accountFailures, accountMessages } from './account.messages.js';
import type { Caller } from './caller.js';
import { type Contact, readAnyContact, readContact } from './contact.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import type { SendCodeDto, SendPasswordCodeDto } from './dto/code.dto.js';

/** Sends verification codes to accounts and takes them back. */
@Injectable()
export class CodeService {
  constructor(
    private readonly verification: VerificationService,
    private readonly captcha: CodeCaptcha,
    private readonly credentials: CredentialsRepository,
  ) {}

  /** The ways to register and log in; `username` always is one. */
  offeredTypes(): AccountType[] {
    return ['username', ...this.verification.openChannels()];
  }

  /** Whether sending a code for a login, a registration or a forgotten password needs a picture now. */
  needsPicture(): Promise<boolean> {
    return this.captcha.isNeeded();
  }

  /**
   * Sends a code for a login. An unknown account gets none, and the same answer.
   *
   * @throws ProtocolException a closed channel; a wrong form; a picture captcha that is needed; what
   *   sending throws
   */
  async sendForLogin(dto: SendCodeDto, caller: Caller): Promise<void> {
    const contact = this.readOpen(dto);
    await this.captcha.check('login', dto.verify, caller);
    return this.send('login', contact, caller, await this.isKnown(contact));
  }

  /**
   * Sends a code for a registration, even if the account is taken: only the owner of the mailbox or phone
   * may learn that, from user/reg.
   *
   * @throws ProtocolException a closed channel; a wrong form; a picture captcha that is needed; what
   *   sending throws
   */
  async sendForRegistration(dto: SendCodeDto, caller: Caller): Promise<void> {
    const contact = this.readOpen(dto);
    await this.captcha.check('reg', dto.verify, caller);
    return this.send('reg', contact, caller, true);
  }

  /**
   * Sends a code for a forgotten password. An unknown account gets none, and the same answer.
   *
   * @throws ProtocolException a wrong form; a picture captcha that is needed; what sending throws
   */
  async sendForPassword({ accounts, verify }: SendPasswordCodeDto, caller: Caller): Promise<void> {
    const contact = readAnyContact(accounts, 'accounts');
    await this.captcha.check('forgetpwd', verify, caller);
    return this.send('forgetpwd', contact, caller, await this.isKnown(contact));
  }

  /**
   * Sends a code for a binding, even if the contact belongs to another account: only the owner of the
   * mailbox or phone may learn that, from user/app*bind.
   *
   * @throws ProtocolException what sending throws
   */
  async sendForBinding(identity: Identity, contact: Contact, origin: Origin): Promise<void> {
    return this.send('bind', contact, { ...origin, identity }, true);
  }

  /**
   * Accepts a right code and uses it up.
   *
   * @throws ProtocolException no code; none to accept or a wrong one; too many requests
   * @throws Error inside a transaction
   */
  async accept(
    purpose: CodePurpose,
    contact: Contact,
    code: string | undefined,
    client: CodeClient,
  ): Promise<void> {
    await this.use(await this.check(purpose, contact, code, client));
  }

  /**
   * Checks a code without using it up; {@link use} does that in the transaction of the work that the code
   * allows. A missing code counts as no try. An unknown account has a code after a sending, too.
   *
   * @throws ProtocolException no code; none to accept or a wrong one; too many requests
   * @throws Error inside a transaction
   */
  async check(
    purpose: CodePurpose,
    contact: Contact,
    code: string | undefined,
    client: CodeClient,
  ): Promise<RightCode> {
    if (code === undefined || code === '') {
      throw new ProtocolException(protocolFailures.missing, {
        label: accountMessages('field.verify'),
        field: 'verify',
      });
    }
    return this.verification.check({ purpose, ...contact, code, client });
  }

  /**
   * Checks a code for a binding. It is accepted only from the account that asked for it.
   *
   * @throws ProtocolException as `check`
   * @throws Error inside a transaction
   */
  async checkForBinding(
    identity: Identity,
    contact: Contact,
    code: string | undefined,
    { address }: Origin,
  ): Promise<RightCode> {
    return this.check('bind', contact, code, { address, identity });
  }

  /**
   * Uses a checked code up. Lock the account first, so that work that ends all codes of the account cannot
   * run in between.
   *
   * @throws ProtocolException the code was used or ended meanwhile
   */
  async use(code: RightCode): Promise<void> {
    await this.verification.use(code);
  }

  /** Ends every code of a locked account, including those that it asked for to bind a contact. */
  async endAll(account: Credentials): Promise<void> {
    await this.verification.endAll(account);
  }

  private readOpen({ type, accounts }: SendCodeDto): Contact {
    if (!this.offeredTypes().includes(type)) {
      throw new ProtocolException(accountFailures.channelClosed, { type });
    }
    return readContact(type, accounts, 'accounts');
  }

  private async isKnown(contact: Contact): Promise<boolean> {
    return (await this.credentials.findByContact(contact)) !== undefined;
  }

  private async send(
    purpose: CodePurpose,
    contact: Contact,
    client: CodeClient & Pick<Origin, 'language'>,
    deliver: boolean,
  ): Promise<void> {
    const { language } = client;
    await this.verification.send({ purpose, ...contact, language, deliver, client });
  }
}
