import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionSettings } from '../../config/session.settings.js';
import type { Identity, TokenResolver } from '../../protocol/token-resolver.js';
import { type ListedSession, type SessionOwner, SessionRepository } from './session.repository.js';

const TOKEN_BYTES = 16;

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Sessions: a random token for the client, its SHA-256 in the database. */
@Injectable()
export class SessionService implements TokenResolver {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly settings: SessionSettings,
  ) {}

  /**
   * Opens a session.
   *
   * @returns who it is: with the token, 128 random bits as 32 hexadecimal digits, shown only here
   */
  async issue(owner: SessionOwner): Promise<Identity> {
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    const sessionId = await this.sessions.insert(hash(token), owner, this.settings);
    if (sessionId === undefined) throw new Error('a random token was issued twice');
    return { token, sessionId, ...owner };
  }

  /** Opens a session for a token that is known beforehand, unless it is open already. */
  async adopt(token: string, owner: SessionOwner): Promise<void> {
    await this.sessions.insert(hash(token), owner, this.settings);
  }

  async resolve(token: string): Promise<Identity | undefined> {
    const { idleDays, absoluteDays } = this.settings;
    const session = await this.sessions.findLive(hash(token), idleDays, absoluteDays);
    return (
      session && {
        token,
        sessionId: session.id,
        userId: session.user_id,
        systemType: session.system_type,
        clientType: session.application_client_type,
      }
    );
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
  async revokeOne(userId: string, sessionId: string): Promise<boolean> {
    return this.sessions.deleteOne(userId, sessionId);
  }

  /** Ends every session of the user but the one that asks. */
  async revokeOthers({ userId, sessionId }: Identity): Promise<void> {
    await this.sessions.deleteOthers(userId, sessionId);
  }

  /** Ends every session of a user. */
  async revokeAll(userId: string): Promise<void> {
    await this.sessions.deleteOthers(userId, null);
  }

  /** Ends a token's session; one that has none is no error. */
  async revoke(token: string): Promise<void> {
    await this.sessions.deleteByToken(hash(token));
  }
}
