import { Injectable } from '@nestjs/common';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import { isMiniProgramType, type MiniProgramType } from './mini-program-type.js';
import type { ProvenIdentity } from './platform-identity.js';
import { platformIdentityFailures } from './platform-identity.messages.js';
import { PlatformIdentityRepository } from './platform-identity.repository.js';
import { deadTicket, PlatformTickets } from './platform-tickets.service.js';

/** The openids that a form may carry, of which its client's own counts. */
export type GivenOpenids = { readonly [Type in MiniProgramType as `${Type}_openid`]?: string };

/** Gives platform identities to accounts: only those that their platform has proven. */
@Injectable()
export class PlatformLinks {
  constructor(
    private readonly identities: PlatformIdentityRepository,
    private readonly tickets: PlatformTickets,
  ) {}

  /**
   * The ticket of a form, for before anything else of the form is proven.
   *
   * @param user who is logged in; that account's own openid is ignored
   * @returns undefined where the form has none
   * @throws ProtocolException a value that is no live ticket
   */
  async ticketOf(
    given: GivenOpenids,
    origin: Origin,
    user: Identity | undefined,
  ): Promise<string | undefined> {
    const { clientType } = origin;
    if (!isMiniProgramType(clientType)) return undefined;
    const field = `${clientType}_openid` as const;
    const value = given[field] ?? '';
    if (value === '') return undefined;
    if (await this.tickets.look(value, origin)) return value;
    if (await this.isOwn(value, origin, user)) return undefined;
    throw deadTicket(field);
  }

  /** Whether a value is the openid, for the client that asks, of the account that is logged in. */
  async isOwn(openid: string, origin: Origin, user: Identity | undefined): Promise<boolean> {
    const { clientType, systemType } = origin;
    if (!user || !isMiniProgramType(clientType)) return false;
    return this.identities.has(user.userId, { clientType, systemType, openid });
  }

  /**
   * Spends a form's ticket and gives its identity to the account of a session, in the transaction that
   * has opened or proven the session.
   *
   * @returns whether the account did not have it before
   * @throws ProtocolException a ticket that has been spent meanwhile; an identity of another account
   */
  async linkTicket(
    ticket: string | undefined,
    session: Identity,
    origin: Origin,
  ): Promise<boolean> {
    if (ticket === undefined) return false;
    const proven = await this.tickets.spend(ticket, origin);
    await this.identities.hold(proven);
    return this.link(proven, session, origin);
  }

  /**
   * Gives an identity, which is held, to the account of a session, and keeps its session key.
   *
   * @returns whether the account did not have it before
   * @throws ProtocolException an identity of another account
   */
  async link(proven: ProvenIdentity, session: Identity, origin: Origin): Promise<boolean> {
    const owner = await this.identities.find(proven);
    if (owner && owner.userId !== session.userId) {
      throw new ProtocolException(platformIdentityFailures.identityTaken);
    }
    if (!owner?.isLinked) await this.identities.link(session.userId, proven, origin);
    await this.tickets.keepSessionKey(session, proven.sessionKey);
    return owner === undefined;
  }
}
