import { isIP } from 'node:net';
import type { Origin } from '../../protocol/request/origin.js';
import type { AuditAction } from './audit-action.js';

/** A field that a statement may change, in SQL. */
export interface AuditedField {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** What is recorded of a value; all of it where absent. Nothing secret may be recorded. */
  readonly shown?: (value: string) => string;
}

const row = ({ name, before, after, shown = (value) => value }: AuditedField): string =>
  `('${name}', ${before} IS DISTINCT FROM ${after},` +
  ` to_jsonb(${shown(before)}), to_jsonb(${shown(after)}))`;

/** SQL: `{"<field>": {"old": …, "new": …}}` of the fields that differ; null where none does. */
export const changesSql = (fields: readonly AuditedField[]): string => `(
  SELECT jsonb_object_agg(field.name, jsonb_build_object('old', field.old, 'new', field.new))
  FROM (VALUES ${fields.map(row).join(', ')}) AS field (name, differs, old, new)
  WHERE field.differs)`;

/**
 * SQL that records a change as a part of the statement that makes it, so that there is neither
 * without the other. It is to stand in that statement's `WITH`, or at its end.
 *
 * @param source what gives the `user_id` and the `changes`; nothing is recorded where they are null
 * @param first the number of the first placeholder; {@link auditValues} go there
 */
export function recordSql(source: string, first: number): string {
  const [action, requestId, sessionId, clientType, systemType, address, operator] = Array.from(
    { length: 7 },
    (_, index) => `$${first + index}`,
  );
  return `
    INSERT INTO sxo_user_audit (user_id, changes, action, request_id, session_id,
      application_client_type, system_type, client_address, operator)
    SELECT source.user_id, source.changes, ${action}, ${requestId}, ${sessionId}::bigint,
      ${clientType}, ${systemType}, ${address}, ${operator}
    FROM ${source} AS source
    WHERE source.changes IS NOT NULL`;
}

/** The values of the placeholders of {@link recordSql}. */
export const auditValues = (action: AuditAction, origin: Origin): unknown[] => [
  action,
  origin.requestId,
  origin.sessionId ?? null,
  origin.clientType,
  origin.systemType,
  plainAddress(origin.address),
  origin.operator ?? null,
];

/** An address without zone, IPv4 in its own form; empty for what a believed proxy made up. */
function plainAddress(address: string): string {
  const [bare = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%');
  return isIP(bare) === 0 ? '' : bare;
}
