import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionSettings } from '../../config/session.settings.js';
import type { Identity, TokenResolver } from '../../protocol/token-resolver.js';
import { SessionRepository } from './session.repository.js';

const TOKEN_BYTES = 16;

/** Whom a session is for. */
export interface SessionOwner {
  readonly userId: string;
  readonly systemType: string;
  readonly clientType: string;
}

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
   * @returns its token: 128 random bits as 32 hexadecimal digits, shown only here
   */
  async issue(owner: SessionOwner): Promise<string> {
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    await this.adopt(token, owner);
    return token;
  }

  /** Opens a session for a token that is known beforehand, unless it is open already. */
  async adopt(token: string, { userId, systemType, clientType }: SessionOwner): Promise<void> {
    await this.sessions.insert(userId, hash(token), systemType, clientType);
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

  /** Ends a token's session; one that has none is no error. */
  async revoke(token: string): Promise<void> {
    await this.sessions.deleteByToken(hash(token));
  }
}
