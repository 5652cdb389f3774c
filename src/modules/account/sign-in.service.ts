import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../events/domain-events.js';
import { type Failure, ProtocolException } from '../../envelope/protocol.exception.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import { PlatformLinks } from '../platform-identity/platform-links.service.js';
import { PersonalService } from '../personal/personal.service.js';
import type { UserView } from '../personal/user.view.js';
import { SessionService } from '../session/session.service.js';
import { accountChange } from './account-change.js';
import { refuseUnusable } from './account-status.js';
import {
  AccountRegisteredEvent,
  NewAddressUsedEvent,
  PlatformLinkedEvent,
} from './account.events.js';
import { accountFailures } from './account.messages.js';
import { type AccountName, AccountRepository, type PlatformAccount } from './account.repository.js';
import type { Credentials } from './credentials.repository.js';
import { KnownAddressRepository } from './known-address.repository.js';

/** The answer of a registration and a login. */
export type LoggedIn = UserView & {
  /** Nobody is made to bind a mobile number; ShopXO's clients read it as a number. */
  readonly is_mandatory_bind_mobile: 0;
};

/** Member codes tried for one registration. Ids of up to eight digits leave 90 or more to each. */
const NUMBER_CODE_TRIES = 10;

const tenDigits = (): string => String(randomInt(1_000_000_000, 10_000_000_000));

/** What every registration and every login ends with, whatever proved it. */
@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly addresses: KnownAddressRepository,
    private readonly sessions: SessionService,
    private readonly links: PlatformLinks,
    private readonly personal: PersonalService,
    private readonly events: DomainEvents,
  ) {}

  /**
   * Opens a session of an account that is proven and locked, in the caller's transaction.
   *
   * @throws ProtocolException banned or pending
   */
  async open(account: Credentials, origin: Origin): Promise<Identity> {
    refuseUnusable(account);
    if (await this.addresses.remember(account.id, origin.address)) {
      await this.events.publish(new NewAddressUsedEvent(accountChange(account, origin)));
    }
    return this.sessions.issue(account.id, origin);
  }

  /**
   * Links the identity of a form's ticket to an account that was there, and tells its owner.
   *
   * @throws ProtocolException as {@link PlatformLinks.linkTicket}
   */
  async linkTicket(
    account: Credentials,
    ticket: string | undefined,
    session: Identity,
    origin: Origin,
  ): Promise<void> {
    if (!(await this.links.linkTicket(ticket, session, origin))) return;
    await this.events.publish(new PlatformLinkedEvent(accountChange(account, origin)));
  }

  /**
   * Adds an account and opens its first session, in the caller's transaction.
   *
   * @param hash of the password; empty for none
   * @param taken answers where another account has the name
   * @param field the parameter with the name
   * @throws ProtocolException a name that is taken
   */
  async register(
    account: AccountName | PlatformAccount,
    hash: string,
    { taken, field }: { readonly taken: Failure; readonly field: string },
    origin: Origin,
  ): Promise<Identity> {
    const id = await this.add(account, hash, { taken, field }, origin);
    await this.events.publish(new AccountRegisteredEvent({ userId: id }));
    await this.addresses.remember(id, origin.address);
    return this.sessions.issue(id, origin);
  }

  /** The user object of a session, after the transaction that opened it. */
  async show(identity: Identity, origin: Origin): Promise<LoggedIn> {
    return { ...(await this.personal.show(identity, origin)), is_mandatory_bind_mobile: 0 };
  }

  private async add(
    account: AccountName | PlatformAccount,
    hash: string,
    { taken, field }: { readonly taken: Failure; readonly field: string },
    origin: Origin,
  ): Promise<string> {
    for (let tried = 0; tried < NUMBER_CODE_TRIES; tried += 1) {
      const { id, refusal } = await this.accounts.insert(tenDigits(), account, hash, origin);
      if (id !== undefined) return id;
      if (refusal === 'name taken') throw new ProtocolException(taken, { field });
    }
    throw new ProtocolException(accountFailures.noNumberCode);
  }
}
