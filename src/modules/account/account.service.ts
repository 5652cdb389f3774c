import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import type { Audience } from '../../protocol/request/origin.js';
import { type Failure, ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { PersonalService } from '../personal/personal.service.js';
import type { UserView } from '../personal/user.view.js';
import { PlatformLinks } from '../platform-identity/platform-links.service.js';
import { looksLikeMobile } from '../verification/account-format.js';
import { verificationFailures } from '../verification/verification.messages.js';
import { accountFailures, accountMessages } from './account.messages.js';
import type { AccountName } from './account.repository.js';
import type { Caller } from './caller.js';
import { CodeService } from './code.service.js';
import { asName, type Contact, readContact } from './contact.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import type { LoginDto, RegisterDto } from './dto/user.dto.js';
import { LoginCaptchaService } from './login-captcha.service.js';
import { LoginSubjects } from './login-subject.service.js';
import { NewPasswords } from './password/new-passwords.service.js';
import { readOneTime } from './password/one-time-password.js';
import { PasswordService } from './password/password.service.js';
import { ProofService } from './proof.service.js';
import { RegistrationLimit } from './registration-limit.service.js';
import { type LoggedIn, SignInService } from './sign-in.service.js';

const USERNAME = /^[A-Za-z0-9_]{2,18}$/;

/** A platform's ticket, whose identity the account gets; undefined where the form has none. */
type Ticket = string | undefined;

/** Registration and login. */
@Injectable()
export class AccountService {
  private readonly logger = new Logger(AccountService.name);

  constructor(
    private readonly database: Transactions,
    private readonly credentials: CredentialsRepository,
    private readonly passwords: PasswordService,
    private readonly newPasswords: NewPasswords,
    private readonly proofs: ProofService,
    private readonly codes: CodeService,
    private readonly captchas: LoginCaptchaService,
    private readonly registrations: RegistrationLimit,
    private readonly subjects: LoginSubjects,
    private readonly signIns: SignInService,
    private readonly links: PlatformLinks,
    private readonly personal: PersonalService,
  ) {}

  /**
   * @throws ProtocolException a platform's ticket that is not live; a type that is not offered; a rule of
   *   that type is broken
   */
  async register(dto: RegisterDto, caller: Caller): Promise<LoggedIn> {
    const ticket = await this.links.ticketOf(dto, caller, caller.user);
    switch (dto.type) {
      case 'username':
        return this.registerByUsername(dto, ticket, caller);
      case 'sms':
      case 'email':
        return this.registerByCode(this.readOpen(dto.type, dto.accounts), dto, ticket, caller);
    }
  }

  /**
   * @throws ProtocolException a platform's ticket that is not live; a type that is not offered; a rule of
   *   that type is broken
   */
  async login(dto: LoginDto, caller: Caller): Promise<LoggedIn> {
    const ticket = await this.links.ticketOf(dto, caller, caller.user);
    switch (dto.type) {
      case 'username':
        return this.loginByPassword(dto, ticket, caller);
      case 'sms':
      case 'email':
        return this.loginByCode(this.readOpen(dto.type, dto.accounts), dto, ticket, caller);
    }
  }

  /**
   * The user object of a token.
   *
   * @throws ProtocolException an invalid parameter where there is no good token, as ShopXO answers
   */
  async tokenUserInfo(identity: Identity | undefined, audience: Audience): Promise<UserView> {
    if (!identity) throw new ProtocolException(accountFailures.tokenUnknown);
    return this.personal.show(identity, audience);
  }

  /** @throws ProtocolException a user name of a wrong form or taken; a password that may not be set */
  private async registerByUsername(
    dto: RegisterDto,
    ticket: Ticket,
    caller: Caller,
  ): Promise<LoggedIn> {
    const { accounts: username, pwd } = dto;
    if (!USERNAME.test(username) || looksLikeMobile(username)) {
      throw new ProtocolException(accountFailures.usernameFormat);
    }
    await this.refuseWeak(pwd, { username });
    await this.registrations.count(caller.address);
    return this.create({ username }, pwd, ticket, accountFailures.usernameTaken, caller);
  }

  /**
   * @throws ProtocolException a password that may not be set; a code that is not accepted; with the right
   *   code only: an account that is taken
   */
  private async registerByCode(
    contact: Contact,
    { pwd, verify }: RegisterDto,
    ticket: Ticket,
    caller: Caller,
  ): Promise<LoggedIn> {
    const name = asName(contact);
    const { mobileTaken, emailTaken } = accountFailures;
    await this.refuseWeak(pwd, name);
    await this.registrations.count(caller.address);
    await this.codes.accept('reg', contact, verify, caller);
    const taken = contact.channel === 'sms' ? mobileTaken : emailTaken;
    return this.create(name, pwd, ticket, taken, caller);
  }

  /**
   * @throws ProtocolException a code that is not accepted, as is any for an unknown account; with the
   *   right code only: an account that is banned or pending
   */
  private async loginByCode(
    contact: Contact,
    { verify }: LoginDto,
    ticket: Ticket,
    caller: Caller,
  ): Promise<LoggedIn> {
    const code = await this.codes.check('login', contact, verify, caller);
    const identity = await this.database.transaction(async () => {
      const account = await this.credentials.lockByContact(contact);
      if (!account) throw new ProtocolException(verificationFailures.codeWrong);
      await this.codes.use(code);
      return this.openSessionOf(account, ticket, caller);
    });
    return this.signIns.show(identity, caller);
  }

  /**
   * @throws ProtocolException an unknown account or a wrong password; with the right one only: banned or
   *   pending
   */
  private async loginByPassword(
    { accounts: name, pwd: password = '', verify }: LoginDto,
    ticket: Ticket,
    caller: Caller,
  ): Promise<LoggedIn> {
    if (password === '') {
      throw new ProtocolException(protocolFailures.missing, {
        label: accountMessages('field.pwd'),
        field: 'pwd',
      });
    }
    const find = () => this.credentials.findByName(name);
    const { address } = caller;
    const subject = (account: Credentials | undefined) => this.subjects.of(name, account, address);
    await this.captchas.check(async () => subject(await find()), verify, caller);
    const proven = await this.proofs.prove({
      find,
      subject,
      password,
      address,
      prepare: () => Promise.resolve(),
      then: async (account) => {
        if (readOneTime(account)) await this.credentials.useUp(account);
        return this.openSessionOf(account, ticket, caller);
      },
    });
    if (!proven) throw new ProtocolException(accountFailures.wrongCredentials);
    const { account, result: identity } = proven;
    await this.renewPassword(password, account, address);
    return this.signIns.show(identity, caller);
  }

  /** The session is open by now: a renewal that fails waits for the next login. */
  private async renewPassword(
    password: string,
    account: Credentials,
    address: string,
  ): Promise<void> {
    try {
      const renewed = await this.passwords.renew(password, account, address);
      if (renewed !== undefined) await this.credentials.renewPassword(account, renewed);
    } catch (error) {
      this.logger.warn({ msg: 'a password was not renewed', user_id: account.id, err: error });
    }
  }

  private refuseWeak(value: string, name: AccountName): Promise<void> {
    return this.newPasswords.refuseWeak({ value, field: 'pwd', at: 'registration' }, name);
  }

  /** The contact of a type that is offered. */
  private readOpen(type: Contact['channel'], accounts: string): Contact {
    const offered = this.codes.offeredTypes();
    if (!offered.includes(type)) {
      throw new ProtocolException(accountFailures.typeNotOffered, { offered: offered.join(', ') });
    }
    return readContact(type, accounts, 'accounts');
  }

  /** Makes an account, logs it in, and gives it the platform identity of the form's ticket. */
  private async create(
    name: AccountName,
    pwd: string,
    ticket: Ticket,
    taken: Failure,
    caller: Caller,
  ): Promise<LoggedIn> {
    const hash = await this.passwords.hash(pwd, caller.address);
    const identity = await this.database.transaction(async () => {
      const opened = await this.signIns.register(name, hash, { taken, field: 'accounts' }, caller);
      await this.links.linkTicket(ticket, opened, caller);
      return opened;
    });
    return this.signIns.show(identity, caller);
  }

  private async openSessionOf(
    account: Credentials,
    ticket: Ticket,
    caller: Caller,
  ): Promise<Identity> {
    const identity = await this.signIns.open(account, caller);
    await this.signIns.linkTicket(account, ticket, identity, caller);
    return identity;
  }
}
