import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { liveAccount } from '../personal/live-account.js';

/**
 * The session of a token whose account may use it, its last use noted at most hourly. Idle and
 * absolute limits are days, $2 and $3.
 */
const FIND_LIVE: Statement = {
  name: 'session.find_live',
  text: `
    WITH found AS (
      SELECT s.id, s.user_id, s.system_type, s.application_client_type, s.last_time
      FROM sxo_user_session s
      JOIN sxo_user u ON u.id = s.user_id
      WHERE s.token_hash = $1
        AND s.last_time > now() - make_interval(days => $2)
        AND s.add_time > now() - make_interval(days => $3)
        AND ${liveAccount('u')}
    ), used AS (
      UPDATE sxo_user_session s SET last_time = now()
      FROM found WHERE s.id = found.id AND s.last_time <= now() - interval '1 hour'
    )
    SELECT id, user_id, system_type, application_client_type FROM found`,
};

const INSERT: Statement = {
  name: 'session.insert',
  text: `
    INSERT INTO sxo_user_session (user_id, token_hash, system_type, application_client_type)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT ON CONSTRAINT uq_user_session_token_hash DO NOTHING`,
};

const DELETE_BY_TOKEN: Statement = {
  name: 'session.delete_by_token',
  text: 'DELETE FROM sxo_user_session WHERE token_hash = $1',
};

/** A session as the guard needs it. */
export interface LiveSession {
  readonly id: string;
  readonly user_id: string;
  readonly system_type: string;
  readonly application_client_type: string;
}

/** The session table's only reader and writer. */
@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async findLive(
    tokenHash: Buffer,
    idleDays: number,
    absoluteDays: number,
  ): Promise<LiveSession | undefined> {
    const [session] = await this.database.run<LiveSession>(FIND_LIVE, [
      tokenHash,
      idleDays,
      absoluteDays,
    ]);
    return session;
  }

  /** Does nothing where the token has a session already. */
  async insert(
    userId: string,
    tokenHash: Buffer,
    systemType: string,
    clientType: string,
  ): Promise<void> {
    await this.database.run(INSERT, [userId, tokenHash, systemType, clientType]);
  }

  async deleteByToken(tokenHash: Buffer): Promise<void> {
    await this.database.run(DELETE_BY_TOKEN, [tokenHash]);
  }
}
