import { Injectable } from '@nestjs/common';
import type { SessionSettings } from '../../config/session.settings.js';
import { Database, type Statement } from '../../database/database.js';
import type { Origin } from '../../protocol/origin.js';
import type { SessionEnd } from '../audit/audit-action.js';
import { auditValues, recordSql } from '../audit/audit-row.js';
import { liveAccount, liveSession } from '../personal/live-account.js';

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
      WHERE s.token_hash = $1 AND ${liveSession('s', '$2', '$3')} AND ${liveAccount('u')}
    ), used AS (
      UPDATE sxo_user_session s SET last_time = now()
      FROM found WHERE s.id = found.id AND s.last_time <= now() - interval '1 hour'
    )
    SELECT id, user_id, system_type, application_client_type FROM found`,
};

const FIND_ISSUED: Statement = {
  name: 'session.find_issued',
  text: 'SELECT token_hash FROM sxo_user_session WHERE token_hash = ANY ($1::bytea[])',
};

/** Sessions that a user may have, so that a list of them stays short. */
const SESSIONS_OF_A_USER = 100;

/**
 * The user's expired sessions: beyond the idle and absolute limits, days $5 and $6, or not among those
 * used last, which leave room for one more.
 */
const DELETE_EXPIRED = `
  DELETE FROM sxo_user_session
  WHERE user_id = $1
    AND (last_time <= now() - make_interval(days => $5)
      OR add_time <= now() - make_interval(days => $6)
      OR id NOT IN (
        SELECT id FROM sxo_user_session WHERE user_id = $1
        ORDER BY last_time DESC, id DESC LIMIT ${SESSIONS_OF_A_USER - 1}))`;

const ADD = `
  INSERT INTO sxo_user_session (user_id, token_hash, system_type, application_client_type)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT ON CONSTRAINT uq_user_session_token_hash DO NOTHING
  RETURNING id, user_id`;

/**
 * Sessions as the audit trail shows them, one row for all that a statement opened or ended; none
 * where there were none.
 *
 * @param sessions has the `id` and `user_id` of each
 */
const audited = (sessions: string, became: 'opened' | 'ended'): string => {
  const ids = 'jsonb_agg(id::text ORDER BY id)';
  const [before, after] = became === 'opened' ? [`'[]'::jsonb`, ids] : [ids, `'[]'::jsonb`];
  return `(
    SELECT user_id, jsonb_build_object('sessions',
      jsonb_build_object('old', ${before}, 'new', ${after})) AS changes
    FROM ${sessions} GROUP BY user_id)`;
};

/** Removes the user's expired sessions on the way. */
const OPEN: Statement = {
  name: 'session.open',
  text: `
    WITH expired AS (${DELETE_EXPIRED}), opened AS (${ADD}),
    audit AS (${recordSql(audited('opened', 'opened'), 7)})
    SELECT id FROM opened`,
};

const ADOPT: Statement = {
  name: 'session.adopt',
  text: `WITH expired AS (${DELETE_EXPIRED}) ${ADD}`,
};

const DELETE_BY_TOKEN: Statement = {
  name: 'session.delete_by_token',
  text: 'DELETE FROM sxo_user_session WHERE token_hash = $1',
};

/** Newest use first, the same limits as for the guard. */
const LIST_LIVE: Statement = {
  name: 'session.list_live',
  text: `
    SELECT id, application_client_type, add_time, last_time
    FROM sxo_user_session s
    WHERE user_id = $1 AND ${liveSession('s', '$2', '$3')}
    ORDER BY last_time DESC, id DESC`,
};

const DELETE_ONE: Statement = {
  name: 'session.delete_one',
  text: `
    WITH ended AS (
      DELETE FROM sxo_user_session WHERE user_id = $1 AND id = $2 RETURNING id, user_id
    ), audit AS (${recordSql(audited('ended', 'ended'), 3)})
    SELECT id FROM ended`,
};

/** Nobody can end the session before the transaction has. */
const HOLD: Statement = {
  name: 'session.hold',
  text: 'SELECT FROM sxo_user_session WHERE id = $1 FOR KEY SHARE',
};

/** The account first: who holds a session has it, and the two would else wait for each other. */
const DELETE_OTHERS: Statement = {
  name: 'session.delete_others',
  text: `
    WITH account AS (SELECT id FROM sxo_user WHERE id = $1 FOR NO KEY UPDATE),
    ended AS (
      DELETE FROM sxo_user_session s USING account a
      WHERE s.user_id = a.id AND s.id IS DISTINCT FROM $2
      RETURNING s.id, s.user_id
    ), audit AS (${recordSql(audited('ended', 'ended'), 3)})
    SELECT id FROM ended ORDER BY id`,
};

/** Whom a session is for. */
export interface SessionOwner {
  readonly userId: string;
  readonly systemType: string;
  readonly clientType: string;
}

/** A session as its owner sees it. */
export interface ListedSession {
  readonly id: string;
  readonly application_client_type: string;
  readonly add_time: Date;
  readonly last_time: Date;
}

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

  /** Those of the tokens' hashes that have a session, live or not. */
  async findIssued(tokenHashes: readonly Buffer[]): Promise<Buffer[]> {
    const rows = await this.database.run<{ token_hash: Buffer }>(FIND_ISSUED, [tokenHashes]);
    return rows.map(({ token_hash }) => token_hash);
  }

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

  /** @returns the session's id, or undefined, and nothing done, where the token has one already */
  async open(
    tokenHash: Buffer,
    userId: string,
    origin: Origin,
    { idleDays, absoluteDays }: SessionSettings,
  ): Promise<string | undefined> {
    const { systemType, clientType } = origin;
    const [session] = await this.database.run<{ id: string }>(OPEN, [
      userId,
      tokenHash,
      systemType,
      clientType,
      idleDays,
      absoluteDays,
      ...auditValues('session.opened', origin),
    ]);
    return session?.id;
  }

  /** Adds a session that nobody opened, and that is not recorded; none where the token has one. */
  async adopt(
    tokenHash: Buffer,
    { userId, systemType, clientType }: SessionOwner,
    { idleDays, absoluteDays }: SessionSettings,
  ): Promise<void> {
    await this.database.run(ADOPT, [
      userId,
      tokenHash,
      systemType,
      clientType,
      idleDays,
      absoluteDays,
    ]);
  }

  async listLive(userId: string, idleDays: number, absoluteDays: number): Promise<ListedSession[]> {
    return this.database.run<ListedSession>(LIST_LIVE, [userId, idleDays, absoluteDays]);
  }

  /** Holds a session for the rest of the transaction; @returns whether it is still there */
  async hold(sessionId: string): Promise<boolean> {
    return (await this.database.run(HOLD, [sessionId])).length > 0;
  }

  /** @returns whether the user had such a session */
  async deleteOne(
    userId: string,
    sessionId: string,
    action: SessionEnd,
    origin: Origin,
  ): Promise<boolean> {
    const values = [userId, sessionId, ...auditValues(action, origin)];
    return (await this.database.run(DELETE_ONE, values)).length > 0;
  }

  /**
   * @param keptId the session that stays; null ends every one
   * @returns the ids of those that were ended
   */
  async deleteOthers(
    userId: string,
    keptId: string | null,
    action: SessionEnd,
    origin: Origin,
  ): Promise<string[]> {
    const values = [userId, keptId, ...auditValues(action, origin)];
    return (await this.database.run<{ id: string }>(DELETE_OTHERS, values)).map(({ id }) => id);
  }

  /** Ends a session that nobody opened, see {@link adopt}. */
  async deleteByToken(tokenHash: Buffer): Promise<void> {
    await this.database.run(DELETE_BY_TOKEN, [tokenHash]);
  }
}
