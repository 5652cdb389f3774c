import { randomInt } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../../database/transactions.js';
import { DomainEvents } from '../../events/domain-events.js';
import type { Audience } from '../../protocol/request/origin.js';
import { type Failure, ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { PersonalService } from '../personal/personal.service.js';
import type { UserView } from '../personal/user.view.js';
import { SessionService } from '../session/session.service.js';
import { looksLikeMobile } from '../verification/account-format.js';
import { verificationFailures } from '../verification/verification.messages.js';
import { refuseUnusable } from './account-status.js';
import { accountChange } from './account-change.js';
import { AccountRegisteredEvent, NewAddressUsedEvent } from './account.events.js';
import { accountFailures, accountMessages } from './account.messages.js';
import { type AccountName, AccountRepository } from './account.repository.js';
import type { Caller } from './caller.js';
import { CodeService } from './code.service.js';
import { asName, type Contact, readContact } from './contact.js';
import { CredentialsRepository, type Credentials } from './credentials.repository.js';
import type { LoginDto, RegisterDto } from './dto/user.dto.js';
import { KnownAddressRepository } from './known-address.repository.js';
import { LoginCaptchaService } from './login-captcha.service.js';
import { LoginSubjects } from './login-subject.service.js';
import { NewPasswords } from './password/new-passwords.service.js';
import { readOneTime } from './password/one-time-password.js';
import { PasswordService } from './password/password.service.js';
import { ProofService } from './proof.service.js';
import { RegistrationLimit } from './registration-limit.service.js';

/** The answer of a registration and a login. */
export type LoggedIn = UserView & {
  /** Nobody is made to bind a mobile number; ShopXO's clients read it as a number. */
  readonly is_mandatory_bind_mobile: 0;
};

const USERNAME = /^[A-Za-z0-9_]{2,18}$/;

/** Member codes tried for one registration. Ids of up to eight digits leave 90 or more to each. */
const NUMBER_CODE_TRIES = 10;

const tenDigits = (): string => String(randomInt(1_000_000_000, 10_000_000_000));

/** Registration and login. */
@Injectable()
export class AccountService {
  private readonly logger = new Logger(AccountService.name);

  constructor(
    private readonly database: Transactions,
    private readonly credentials: CredentialsRepository,
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordService,
    private readonly newPasswords: NewPasswords,
    private readonly proofs: ProofService,
    private readonly codes: CodeService,
    private readonly captchas: LoginCaptchaService,
    private readonly registrations: RegistrationLimit,
    private readonly subjects: LoginSubjects,
    private readonly addresses: KnownAddressRepository,
    private readonly sessions: SessionService,
    private readonly personal: PersonalService,
    private readonly events: DomainEvents,
  ) {}

  /** @throws ProtocolException a type that is not offered; a rule of that type is broken */
  async register(dto: RegisterDto, caller: Caller): Promise<LoggedIn> {
    switch (dto.type) {
      case 'username':
        return this.registerByUsername(dto, caller);
      case 'sms':
      case 'email':
        return this.registerByCode(this.readOpen(dto.type, dto.accounts), dto, caller);
    }
  }

  /** @throws ProtocolException a type that is not offered; a rule of that type is broken */
  async login(dto: LoginDto, caller: Caller): Promise<LoggedIn> {
    switch (dto.type) {
      case 'username':
        return this.loginByPassword(dto, caller);
      case 'sms':
      case 'email':
        return this.loginByCode(this.readOpen(dto.type, dto.accounts), dto, caller);
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
  private async registerByUsername(dto: RegisterDto, caller: Caller): Promise<LoggedIn> {
    const { accounts: username, pwd } = dto;
    if (!USERNAME.test(username) || looksLikeMobile(username)) {
      throw new ProtocolException(accountFailures.usernameFormat);
    }
    await this.refuseWeak(pwd, { username });
    await this.registrations.count(caller.address);
    return this.create({ username }, pwd, accountFailures.usernameTaken, caller);
  }

  /**
   * @throws ProtocolException a password that may not be set; a code that is not accepted; with the right
   *   code only: an account that is taken
   */
  private async registerByCode(
    contact: Contact,
    { pwd, verify }: RegisterDto,
    caller: Caller,
  ): Promise<LoggedIn> {
    const name = asName(contact);
    const { mobileTaken, emailTaken } = accountFailures;
    await this.refuseWeak(pwd, name);
    await this.registrations.count(caller.address);
    await this.codes.accept('reg', contact, verify, caller);
    return this.create(name, pwd, contact.channel === 'sms' ? mobileTaken : emailTaken, caller);
  }

  /**
   * @throws ProtocolException a code that is not accepted, as is any for an unknown account; with the
   *   right code only: an account that is banned or pending
   */
  private async loginByCode(
    contact: Contact,
    { verify }: LoginDto,
    caller: Caller,
  ): Promise<LoggedIn> {
    const code = await this.codes.check('login', contact, verify, caller);
    const identity = await this.database.transaction(async () => {
      const account = await this.credentials.lockByContact(contact);
      if (!account) throw new ProtocolException(verificationFailures.codeWrong);
      await this.codes.use(code);
      return this.openSessionOf(account, caller);
    });
    return this.show(identity, caller);
  }

  /**
   * @throws ProtocolException an unknown account or a wrong password; with the right one only: banned or
   *   pending
   */
  private async loginByPassword(
    { accounts: name, pwd: password = '', verify }: LoginDto,
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
        return this.openSessionOf(account, caller);
      },
    });
    if (!proven) throw new ProtocolException(accountFailures.wrongCredentials);
    const { account, result: identity } = proven;
    await this.renewPassword(password, account, address);
    return this.show(identity, caller);
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

  /** Makes an account and logs it in. */
  private async create(
    name: AccountName,
    pwd: string,
    taken: Failure,
    caller: Caller,
  ): Promise<LoggedIn> {
    const hash = await this.passwords.hash(pwd, caller.address);
    const identity = await this.database.transaction(async () => {
      const id = await this.add(name, hash, taken, caller);
      await this.events.publish(new AccountRegisteredEvent({ userId: id }));
      await this.addresses.remember(id, caller.address);
      return this.sessions.issue(id, caller);
    });
    return this.show(identity, caller);
  }

  /** Adds an account, in the caller's transaction. */
  private async add(
    name: AccountName,
    hash: string,
    taken: Failure,
    caller: Caller,
  ): Promise<string> {
    for (let tried = 0; tried < NUMBER_CODE_TRIES; tried += 1) {
      const { id, refusal } = await this.accounts.insert(tenDigits(), name, hash, caller);
      if (id !== undefined) return id;
      if (refusal === 'name taken') throw new ProtocolException(taken, { field: 'accounts' });
    }
    throw new ProtocolException(accountFailures.noNumberCode);
  }

  private async openSessionOf(account: Credentials, caller: Caller): Promise<Identity> {
    refuseUnusable(account);
    if (await this.addresses.remember(account.id, caller.address)) {
      await this.events.publish(new NewAddressUsedEvent(accountChange(account, caller)));
    }
    return this.sessions.issue(account.id, caller);
  }

  private async show(identity: Identity, caller: Caller): Promise<LoggedIn> {
    return { ...(await this.personal.show(identity, caller)), is_mandatory_bind_mobile: 0 };
  }
}
