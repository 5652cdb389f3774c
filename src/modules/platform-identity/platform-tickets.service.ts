import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import { isMiniProgramType } from './mini-program-type.js';
import { MOBILE_PROOF_SECONDS } from './mobile-proof.repository.js';
import type { ProvenIdentity } from './platform-identity.js';
import { platformIdentityFailures } from './platform-identity.messages.js';
import { PlatformSessionKeyRepository } from './platform-session-key.repository.js';
import {
  PlatformTicketRepository,
  type TicketKey,
  type TicketRow,
} from './platform-ticket.repository.js';
import { openSessionKey, sealSessionKey } from './session-key-cipher.js';

const TICKET_BYTES = 32;

/** Clients keep a ticket as long as their platform's session lasts. */
const LIFETIME_SECONDS = 24 * 60 * 60;

/** What a client holds for an openid that the platform has proven: 256 random bits in base64url. */
const TICKET = /^[A-Za-z0-9_-]{43}$/;

/** A live ticket's identity, and a number of that user. */
export interface OpenTicket extends ProvenIdentity {
  /** Empty where the platform has told none within ten minutes. */
  readonly mobile: string;
}

/**
 * Tickets stand for platform identities without an account: the client gets one in place of the openid,
 * which would otherwise be a password that others know. Also keeps what a platform encrypts with.
 */
@Injectable()
export class PlatformTickets {
  constructor(
    private readonly tickets: PlatformTicketRepository,
    private readonly keys: PlatformSessionKeyRepository,
  ) {}

  /** @returns a new ticket, which is shown only here */
  async issue({ clientType, systemType, openid, unionid, sessionKey }: ProvenIdentity) {
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const key = { ticket_hash: hash(ticket), platform: clientType, system_type: systemType };
    const sealed = sessionKey === undefined ? null : sealSessionKey(sessionKey, ticket);
    await this.tickets.add(key, { openid, unionid, session_key: sealed }, LIFETIME_SECONDS);
    return ticket;
  }

  /**
   * Looks at a ticket of the client that asks, without spending it.
   *
   * @returns undefined where it is none, or has expired or been spent
   */
  async look(ticket: string, origin: Origin): Promise<OpenTicket | undefined> {
    const key = keyOf(ticket, origin);
    return key && open(ticket, origin, await this.tickets.find(key));
  }

  /**
   * Spends a ticket, in the transaction that links its identity.
   *
   * @throws ProtocolException it has expired or been spent, by someone else just now perhaps
   */
  async spend(ticket: string, origin: Origin): Promise<OpenTicket> {
    const key = keyOf(ticket, origin);
    const opened = key && open(ticket, origin, await this.tickets.spend(key));
    if (!opened) throw deadTicket();
    return opened;
  }

  /**
   * Notes a mobile number that the platform has told of the ticket's user.
   *
   * @throws ProtocolException it has expired or been spent
   */
  async proveMobile(ticket: string, mobile: string, origin: Origin): Promise<void> {
    const key = keyOf(ticket, origin);
    if (!key || !(await this.tickets.setMobile(key, mobile, MOBILE_PROOF_SECONDS))) {
      throw deadTicket();
    }
  }

  /** Keeps what the platform encrypts the data of a signed-in user with. */
  async keepSessionKey({ sessionId, token }: Identity, sessionKey?: string): Promise<void> {
    if (sessionKey === undefined) return;
    await this.keys.keep(sessionId, sealSessionKey(sessionKey, token), LIFETIME_SECONDS);
  }

  /** What the platform encrypts the data of a signed-in user with; undefined where it is not known. */
  async sessionKeyOf({ sessionId, token }: Identity): Promise<string | undefined> {
    const sealed = await this.keys.find(sessionId);
    return sealed && openSessionKey(sealed, token);
  }
}

/** The failure of whoever sends what is no live ticket. */
export const deadTicket = (field = 'openid'): ProtocolException =>
  new ProtocolException(platformIdentityFailures.ticketDead, { field });

const hash = (ticket: string): Buffer => createHash('sha256').update(ticket).digest();

const keyOf = (ticket: string, { clientType, systemType }: Origin): TicketKey | undefined =>
  TICKET.test(ticket)
    ? { ticket_hash: hash(ticket), platform: clientType, system_type: systemType }
    : undefined;

function open(
  ticket: string,
  { clientType, systemType }: Origin,
  row: TicketRow | undefined,
): OpenTicket | undefined {
  if (!row || !isMiniProgramType(clientType)) return undefined;
  const { openid, unionid, session_key: sealed, mobile } = row;
  const sessionKey = sealed === null ? undefined : openSessionKey(sealed, ticket);
  return {
    clientType,
    systemType,
    openid,
    unionid,
    mobile,
    ...(sessionKey !== undefined && { sessionKey }),
  };
}
