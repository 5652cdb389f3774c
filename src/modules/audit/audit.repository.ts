import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import type { AuditAction } from './audit-action.js';
import type { AuditEntry } from './audit-entry.js';

/** The newest $2 are counted, so that a long trail costs no more. */
const COUNT: Statement = {
  name: 'audit.count',
  text: `
    SELECT count(*)::int AS total
    FROM (SELECT FROM sxo_user_audit WHERE user_id = $1 LIMIT $2) newest`,
};

const PAGE: Statement = {
  name: 'audit.page',
  text: `
    SELECT id, action, changes, request_id, application_client_type, system_type, client_address,
      add_time
    FROM sxo_user_audit
    WHERE user_id = $1
    ORDER BY id DESC
    LIMIT $2 OFFSET $3`,
};

const DELETE_OF_USER: Statement = {
  name: 'audit.delete_of_user',
  text: 'DELETE FROM sxo_user_audit WHERE user_id = $1 AND action = $2',
};

/** Ids are given out in the order of time, so the oldest rows are found without an index of it. */
const DELETE_EXPIRED: Statement = {
  name: 'audit.delete_expired',
  text: `
    DELETE FROM sxo_user_audit
    WHERE id = ANY(ARRAY(SELECT id FROM sxo_user_audit ORDER BY id LIMIT $2))
      AND add_time < now() - make_interval(days => $1)
    RETURNING id`,
};

/** The trail's reader, and the only one that removes rows. Rows are added as audit-row.ts tells. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /** How many entries a user has; so many at most. */
  async count(userId: string, most: number): Promise<number> {
    const [row] = await this.database.run<{ total: number }>(COUNT, [userId, most]);
    return row?.total ?? 0;
  }

  /** Entries of a user, newest first. */
  async page(userId: string, limit: number, offset: number): Promise<AuditEntry[]> {
    return this.database.run<AuditEntry>(PAGE, [userId, limit, offset]);
  }

  async deleteOfUser(userId: string, action: AuditAction): Promise<void> {
    await this.database.run(DELETE_OF_USER, [userId, action]);
  }

  /**
   * Removes what is older than so many days among the oldest rows.
   *
   * @param most how many rows are looked at
   * @returns how many were removed
   */
  async deleteExpired(days: number, most: number): Promise<number> {
    return (await this.database.run(DELETE_EXPIRED, [days, most])).length;
  }
}
