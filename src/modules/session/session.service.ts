import { hash as digest, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionSettings } from '../../config/session.settings.js';
import { DomainEvents } from '../../events/domain-events.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { Identity, TokenResolver } from '../../protocol/auth/token-resolver.js';
import type { SessionEnd } from '../audit/audit-action.js';
import { IssuedTokens } from './issued-tokens.js';
import { SessionCache } from './session-cache.js';
import { SessionOpenedEvent, SessionEndedEvent } from './session.events.js';
import { type ListedSession, type SessionOwner, SessionRepository } from './session.repository.js';

export type { ListedSession } from './session.repository.js';

const TOKEN_BYTES = 16;

const hash = (token: string): Buffer => digest('sha256', token, 'buffer');

/** Sessions: a random token for the client, its SHA-256 in the database. */
@Injectable()
export class SessionService implements TokenResolver {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly cache: SessionCache,
    private readonly settings: SessionSettings,
    private readonly events: DomainEvents,
    private readonly issuedTokens: IssuedTokens,
  ) {}

  /**
   * Opens a session of the client that asks, who has just signed in: by a password, a code or whatever else
   * proves an account.
   *
   * @returns who it is: with the token, 128 random bits as 32 hexadecimal digits, shown only here
   */
  async issue(userId: string, origin: Origin): Promise<Identity> {
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    const sessionId = await this.sessions.open(hash(token), userId, origin, this.settings);
    if (sessionId === undefined) throw new Error('a random token was issued twice');
    const { systemType, clientType } = origin;
    this.events.publish(new SessionOpenedEvent({ userId, sessionId, clientType }));
    return { token, sessionId, userId, systemType, clientType };
  }

  /**
   * Opens a session for a token that is known beforehand, unless it is open already. It is the
   * service's own doing, of which the audit trail knows nothing, and no sign-in.
   */
  async adopt(token: string, owner: SessionOwner): Promise<void> {
    await this.sessions.adopt(hash(token), owner, this.settings);
  }

  async resolve(token: string): Promise<Identity | undefined> {
    const { idleDays, absoluteDays } = this.settings;
    const session = await this.sessions.findLive(hash(token), idleDays, absoluteDays);
    if (!session) {
      this.cache.delete(token);
      return undefined;
    }
    const identity = {
      token,
      sessionId: session.id,
      userId: session.user_id,
      systemType: session.system_type,
      clientType: session.application_client_type,
    };
    this.cache.set(identity);
    return identity;
  }

  async isIssued(token: string): Promise<boolean> {
    return this.issuedTokens.has(hash(token));
  }

  cached(token: string): Identity | undefined {
    return this.cache.get(token);
  }

  forget(token: string): void {
    this.cache.delete(token);
  }

  /**
   * Whether a sign-in opened the session within `RECENT_SIGN_IN_MINUTES`: then it can stand in for the
   * password. Using a session does not renew it.
   */
  async isSignedInRecently({ sessionId }: Identity): Promise<boolean> {
    return this.sessions.isSignedInWithin(sessionId, this.settings.recentMinutes);
  }

  /** The live sessions of a user, the one used last first. */
  async list(userId: string): Promise<ListedSession[]> {
    return this.sessions.listLive(userId, this.settings.idleDays, this.settings.absoluteDays);
  }

  /**
   * Keeps the session from being ended for the rest of the transaction, which must have the account
   * locked.
   *
   * @returns false where it has been ended
   */
  async hold({ sessionId }: Identity): Promise<boolean> {
    return this.sessions.hold(sessionId);
  }

  /** Ends one session of a user; @returns false where the user has no such session */
  async revokeOne(
    userId: string,
    sessionId: string,
    origin: Origin,
    action: SessionEnd = 'session.revoked',
  ): Promise<boolean> {
    return this.endOne(userId, sessionId, action, origin);
  }

  /** Ends the session that asks. */
  async close({ userId, sessionId }: Identity, origin: Origin): Promise<void> {
    await this.endOne(userId, sessionId, 'session.closed', origin);
  }

  /** Ends every session of the user but the one that asks. */
  async revokeOthers(
    { userId, sessionId }: Identity,
    action: SessionEnd,
    origin: Origin,
  ): Promise<void> {
    await this.endOthers(userId, sessionId, action, origin);
  }

  /** Ends every session of a user. */
  async revokeAll(userId: string, action: SessionEnd, origin: Origin): Promise<void> {
    await this.endOthers(userId, null, action, origin);
  }

  /** Ends a token's session, see {@link adopt}; one that has none is no error. */
  async revoke(token: string): Promise<void> {
    await this.sessions.deleteByToken(hash(token));
  }

  private async endOne(
    userId: string,
    sessionId: string,
    reason: SessionEnd,
    origin: Origin,
  ): Promise<boolean> {
    const hasEnded = await this.sessions.deleteOne(userId, sessionId, reason, origin);
    if (hasEnded) this.tellEnded(userId, [sessionId], reason);
    return hasEnded;
  }

  private async endOthers(
    userId: string,
    keptId: string | null,
    reason: SessionEnd,
    origin: Origin,
  ): Promise<void> {
    const sessionIds = await this.sessions.deleteOthers(userId, keptId, reason, origin);
    if (sessionIds.length > 0) this.tellEnded(userId, sessionIds, reason);
  }

  private tellEnded(userId: string, sessionIds: readonly string[], reason: SessionEnd): void {
    this.events.publish(new SessionEndedEvent({ userId, sessionIds, reason }));
  }
}
