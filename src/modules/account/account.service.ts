import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Language } from '../../protocol/languages.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { protocolFailures } from '../../protocol/protocol.failures.js';
import type { PublicParameters } from '../../protocol/public-parameters.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { UserStatus } from '../personal/entities/user.entity.js';
import { PersonalService } from '../personal/personal.service.js';
import type { UserView } from '../personal/user-view.js';
import { SessionService } from '../session/session.service.js';
import type { AccountType } from './account-type.js';
import { accountFailures } from './account.failures.js';
import { accountMessages } from './account.messages.js';
import { AccountRepository, type Credentials } from './account.repository.js';
import type { LoginDto } from './dto/login.dto.js';
import type { RegisterDto } from './dto/register.dto.js';
import { PasswordService } from './password/password.service.js';
import { ProofService } from './proof.service.js';

/** Who asks, before anyone is logged in. */
export interface Caller {
  readonly client: PublicParameters;
  readonly address: string;
  readonly language: Language;
}

/** The answer of a registration and a login. */
export type LoggedIn = UserView & {
  /** Nobody is made to bind a mobile number; ShopXO's clients read it as a number. */
  readonly is_mandatory_bind_mobile: 0;
};

const USERNAME = /^[A-Za-z0-9_]{2,18}$/;

/** Login takes mobile numbers too, so that none may be someone else's user name. */
const LOOKS_LIKE_MOBILE = /^1\d{10}$/;

/** Member codes tried for one registration. Ids of up to eight digits leave 90 or more to each. */
const NUMBER_CODE_TRIES = 10;

const OFFERED: readonly AccountType[] = ['username'];

const tenDigits = (): string => String(randomInt(1_000_000_000, 10_000_000_000));

/** Registration and login. */
@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly passwords: PasswordService,
    private readonly proofs: ProofService,
    private readonly sessions: SessionService,
    private readonly personal: PersonalService,
  ) {}

  /** @throws ProtocolException a type that is not offered; what the type's own rules say */
  async register(dto: RegisterDto, caller: Caller): Promise<LoggedIn> {
    switch (dto.type) {
      case 'username':
        return this.registerByUsername(dto, caller);
      case 'sms':
      case 'email':
        throw typeNotOffered();
    }
  }

  /** @throws ProtocolException a type that is not offered; what the type's own rules say */
  async login(dto: LoginDto, caller: Caller): Promise<LoggedIn> {
    switch (dto.type) {
      case 'username':
        return this.loginByPassword(dto, caller);
      case 'sms':
      case 'email':
        throw typeNotOffered();
    }
  }

  /**
   * The user object of a token.
   *
   * @throws ProtocolException an invalid parameter where there is no good token, as ShopXO answers
   */
  async tokenUserInfo(identity: Identity | undefined, language: Language): Promise<UserView> {
    if (!identity) throw new ProtocolException(accountFailures.tokenUnknown);
    return this.personal.show(identity, language);
  }

  /** @throws ProtocolException a user name or password of a wrong form; a user name that is taken */
  private async registerByUsername(dto: RegisterDto, caller: Caller): Promise<LoggedIn> {
    const { accounts: username, pwd } = dto;
    if (!USERNAME.test(username) || LOOKS_LIKE_MOBILE.test(username)) {
      throw new ProtocolException(accountFailures.usernameFormat);
    }
    if (!this.passwords.isAcceptable(pwd)) {
      throw new ProtocolException(accountFailures.passwordFormat, {
        label: accountMessages('field.pwd'),
        field: 'pwd',
        ...this.passwords.limits,
      });
    }
    const hash = await this.passwords.hash(pwd);
    const identity = await this.accounts.transaction(async () => {
      const id = await this.add(username, hash);
      return this.openSession(id, caller);
    });
    return this.show(identity, caller);
  }

  /** @throws ProtocolException unknown or wrong; banned or pending, to who knows the password only */
  private async loginByPassword(
    { accounts: name, pwd: password = '' }: LoginDto,
    caller: Caller,
  ): Promise<LoggedIn> {
    if (password === '') {
      throw new ProtocolException(protocolFailures.missing, {
        label: accountMessages('field.pwd'),
        field: 'pwd',
      });
    }
    const proven = await this.proofs.prove({
      find: () => this.accounts.findByName(name),
      subject: (account) => ({
        account: account ? `id:${account.id}` : `name:${name.toLowerCase()}`,
        address: caller.address,
      }),
      password,
      then: (account) => this.openSessionOf(account, caller),
    });
    if (!proven) throw new ProtocolException(accountFailures.wrongCredentials);
    const { account, result: identity } = proven;
    const renewed = await this.passwords.renew(password, account);
    if (renewed !== undefined) await this.accounts.renewPassword(account, renewed);
    return this.show(identity, caller);
  }

  /** In the caller's transaction. */
  private async add(username: string, hash: string): Promise<string> {
    for (let tried = 0; tried < NUMBER_CODE_TRIES; tried += 1) {
      const { id, refusal } = await this.accounts.insert(tenDigits(), username, hash);
      if (id !== undefined) return id;
      if (refusal === 'username taken') throw new ProtocolException(accountFailures.usernameTaken);
    }
    throw new ProtocolException(accountFailures.noNumberCode);
  }

  private async openSessionOf({ id, status }: Credentials, caller: Caller): Promise<Identity> {
    if (status === UserStatus.banned) throw new ProtocolException(accountFailures.banned);
    if (status === UserStatus.pending) throw new ProtocolException(accountFailures.pending);
    return this.openSession(id, caller);
  }

  private async openSession(userId: string, { client }: Caller): Promise<Identity> {
    const { systemType, clientType } = client;
    return this.sessions.issue({ userId, systemType, clientType });
  }

  private async show(identity: Identity, { language }: Caller): Promise<LoggedIn> {
    return { ...(await this.personal.show(identity, language)), is_mandatory_bind_mobile: 0 };
  }
}

const typeNotOffered = (): ProtocolException =>
  new ProtocolException(accountFailures.typeNotOffered, { offered: OFFERED.join(', ') });
