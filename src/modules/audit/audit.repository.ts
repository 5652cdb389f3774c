import { Injectable } from '@nestjs/common';
import { AuditSettings } from '../../config/audit.settings.js';
import { Database, type Statement } from '../../database/database.js';
import { BATCH_LENGTH, ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { findPage, LONGEST_LIST, type PageRequest } from '../../database/find-page.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { AuditAction, Changes, OperatorAction } from './audit-action.js';
import type { AuditBound } from './audit-bound.js';
import type { AuditEntry } from './audit-entry.js';
import { auditValues, recordSql } from './audit-row.js';
import { UserAudit } from './entities/user-audit.entity.js';

/** A user sees so many of the newest entries. */
export const SHOWN_ENTRIES = LONGEST_LIST;

/** Ids are given out in the order of time, so the oldest rows are found without an index of it. */
const deleteExpired = (days: number): Statement => ({
  name: 'audit.delete_expired',
  text: `
    DELETE FROM sxo_user_audit
    WHERE id = ANY(ARRAY(SELECT id FROM sxo_user_audit ORDER BY id LIMIT ${BATCH_LENGTH}))
      AND add_time < now() - make_interval(days => ${days})
    RETURNING 1`,
});

/** The newest rows, in the order of their ids, which is that of time but for a moment. */
const RECENT: Statement = {
  name: 'audit.recent',
  text: `
    SELECT id, user_id, action
    FROM (
      SELECT id, user_id, action, add_time FROM sxo_user_audit
      WHERE $2::bigint IS NULL OR id < $2
      ORDER BY id DESC LIMIT $3
    ) newest
    WHERE add_time > now() - make_interval(mins => $1) AND user_id IS NOT NULL
    ORDER BY id DESC`,
};

/** What a row has beside its changes, in bytes. */
const BYTES_BESIDE_CHANGES = 250;

/**
 * Of a user's rows of the actions $2, the newest $3 that have $4 bytes together stay. At most one row
 * more than those is measured; of the others the oldest go. Rows that another instance is removing are
 * left to it.
 *
 * The user is a range, so that the index of users and ids alone has the order that is asked for: for a
 * user with many rows the planner would else walk through everybody's, by the primary key.
 */
const DELETE_BEYOND: Statement = {
  name: 'audit.delete_beyond',
  text: `
    WITH newest AS (
      SELECT id, row_number() OVER newest_first AS nth, sum(bytes) OVER newest_first AS bytes
      FROM (
        SELECT id, pg_column_size(changes) + ${BYTES_BESIDE_CHANGES} AS bytes
        FROM sxo_user_audit
        WHERE user_id BETWEEN $1 AND $1 AND action = ANY ($2::text[])
        ORDER BY user_id DESC, id DESC LIMIT $3::int + 1
      ) own
      WINDOW newest_first AS (ORDER BY id DESC)
    ), beyond AS (
      SELECT max(id) AS id FROM newest WHERE nth > $3 OR bytes > $4
    )
    DELETE FROM sxo_user_audit
    WHERE id = ANY (ARRAY(
      SELECT a.id FROM sxo_user_audit a
      WHERE a.user_id BETWEEN $1 AND $1 AND a.action = ANY ($2::text[])
        AND a.id <= (SELECT id FROM beyond)
      ORDER BY a.user_id, a.id LIMIT $5 FOR UPDATE SKIP LOCKED))
    RETURNING id`,
};

/** A row of its own, for what is done outside of the database, too. */
const RECORD: Statement = {
  name: 'audit.record',
  text: recordSql('(SELECT $1::bigint AS user_id, $2::jsonb AS changes)', 3),
};

/** Whose row of the trail it is. */
export type RecentRow = Pick<UserAudit, 'id' | 'action'> & { readonly user_id: string };

/** The trail's reader, and the only one that removes rows. Changes add theirs as audit-row.ts tells. */
@Injectable()
export class AuditRepository {
  constructor(
    private readonly database: Database,
    { retentionDays }: AuditSettings,
    cleaner: ExpiredRowsCleaner,
  ) {
    if (retentionDays > 0) cleaner.keepCleanBy(deleteExpired(retentionDays));
  }

  /** A page of a user's entries, newest first, and how many can be seen. */
  async list(userId: string, page: PageRequest): Promise<[AuditEntry[], number]> {
    return findPage(this.database.repository(UserAudit), page, {
      where: { user_id: userId },
      order: { id: 'DESC' },
    });
  }

  /**
   * Adds a row, in the caller's transaction if it has one.
   *
   * @param userId null for what is done to the service
   */
  async record(
    action: OperatorAction,
    userId: string | null,
    changes: Changes,
    origin: Origin,
  ): Promise<void> {
    const values = [userId, JSON.stringify(changes), ...auditValues(action, origin)];
    await this.database.run(RECORD, values);
  }

  async deleteOfUser(userId: string, action: AuditAction): Promise<void> {
    await this.database.repository(UserAudit).delete({ user_id: userId, action });
  }

  /**
   * Rows of the last so many minutes, newest first.
   *
   * @param before the id below which to go on; undefined begins with the newest
   * @param most how many are looked at; fewer come back only where there are no more
   */
  async recent(minutes: number, before: string | undefined, most: number): Promise<RecentRow[]> {
    return this.database.run<RecentRow>(RECENT, [minutes, before ?? null, most]);
  }

  /**
   * Removes the oldest of a user's rows that are beyond a bound.
   *
   * @param most how many at a time
   * @returns how many were removed
   */
  async deleteBeyond(userId: string, bound: AuditBound, most: number): Promise<number> {
    const { actions, rows, bytes } = bound;
    const values = [userId, actions, rows, bytes, most];
    return (await this.database.run(DELETE_BEYOND, values)).length;
  }
}
