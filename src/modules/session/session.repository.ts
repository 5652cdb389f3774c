import { Injectable } from '@nestjs/common';
import { Raw, type Repository } from 'typeorm';
import type { SessionSettings } from '../../config/session.settings.js';
import { Database, type Statement } from '../../database/database.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { SessionEnd } from '../audit/audit-action.js';
import { auditValues, recordSql } from '../audit/audit-row.js';
import { liveAccount, liveSession } from '../personal/live-account.js';
import { UserSession } from './entities/user-session.entity.js';

/**
 * The live session of a token whose account may be used. Notes its use, at most once an hour. $2 and $3 are
 * the idle and absolute limits in days.
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

/** The most sessions of a user, so that their list stays short. */
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

const add = (signInTime: 'now()' | 'NULL'): string => `
  INSERT INTO sxo_user_session
    (user_id, token_hash, system_type, application_client_type, sign_in_time)
  VALUES ($1, $2, $3, $4, ${signInTime})
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
    WITH expired AS (${DELETE_EXPIRED}), opened AS (${add('now()')}),
    audit AS (${recordSql(audited('opened', 'opened'), 7)})
    SELECT id FROM opened`,
};

const ADOPT: Statement = {
  name: 'session.adopt',
  text: `WITH expired AS (${DELETE_EXPIRED}) ${add('NULL')}`,
};

const DELETE_ONE: Statement = {
  name: 'session.delete_one',
  text: `
    WITH ended AS (
      DELETE FROM sxo_user_session WHERE user_id = $1 AND id = $2 RETURNING id, user_id
    ), audit AS (${recordSql(audited('ended', 'ended'), 3)})
    SELECT id FROM ended`,
};

/** Locks the account first, as work that holds a session does: else the two could deadlock. */
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

/** The user and the client of a session. */
export interface SessionOwner {
  readonly userId: string;
  readonly systemType: string;
  readonly clientType: string;
}

const LISTED = ['id', 'application_client_type', 'add_time', 'last_time'] as const;

/** A session as its owner sees it. */
export type ListedSession = Readonly<Pick<UserSession, (typeof LISTED)[number]>>;

/** A session as the token guard needs it. */
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

  /** Finds the hashes that have a session, live or expired. */
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

  /** @returns the session's id; undefined, and nothing done, if the token has a session already */
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

  /** Adds a session without an audit row, unless the token has one. */
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

  /** Lists a user's live sessions, the one used last first. */
  async listLive(userId: string, idleDays: number, absoluteDays: number): Promise<ListedSession[]> {
    return this.sessions
      .createQueryBuilder('s')
      .select(LISTED.map((column) => `s.${column}`))
      .where('s.user_id = :userId', { userId })
      .andWhere(liveSession('s', ':idleDays', ':absoluteDays'), { idleDays, absoluteDays })
      .orderBy({ 's.last_time': 'DESC', 's.id': 'DESC' })
      .getMany();
  }

  /** Whether a sign-in opened the session within the last minutes. */
  async isSignedInWithin(sessionId: string, minutes: number): Promise<boolean> {
    return this.sessions.existsBy({
      id: sessionId,
      sign_in_time: Raw((column) => `${column} > now() - make_interval(mins => :minutes)`, {
        minutes,
      }),
    });
  }

  /** Locks a session until the transaction ends, so that it cannot end; @returns whether it is there */
  async hold(sessionId: string): Promise<boolean> {
    const held = await this.sessions.findOne({
      select: { id: true },
      where: { id: sessionId },
      lock: { mode: 'for_key_share' },
    });
    return held !== null;
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

  /** Ends a session without an audit row, see {@link adopt}. */
  async deleteByToken(tokenHash: Buffer): Promise<void> {
    await this.sessions.delete({ token_hash: tokenHash });
  }

  private get sessions(): Repository<UserSession> {
    return this.database.repository(UserSession);
  }
}
