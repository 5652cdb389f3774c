import type pg from 'pg';
import type { AuditAction, Changes } from '../../src/modules/audit/audit-action.js';

/** What a row of the trail tells, but for when it was. */
export interface TrailRow {
  readonly user_id: string;
  readonly action: AuditAction;
  readonly changes: Changes;
  readonly request_id: string;
  readonly session_id: string | null;
  readonly application_client_type: string;
  readonly system_type: string;
  readonly client_address: string;
}

/** The whole trail, oldest first. */
export async function trailOf(db: pg.Pool): Promise<TrailRow[]> {
  const { rows } = await db.query<TrailRow>(
    `SELECT user_id, action, changes, request_id, session_id, application_client_type,
       system_type, client_address
     FROM sxo_user_audit ORDER BY id`,
  );
  return rows;
}
