import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../../database/database.js';
import type { Origin } from '../../../protocol/request/origin.js';
import type { OperatorAction } from '../../audit/audit-action.js';
import { auditValues, changesSql, recordSql } from '../../audit/audit-row.js';
import type { User } from '../../personal/entities/user.entity.js';
import { notEnded } from '../../personal/live-account.js';

const SHOWN = [
  'id',
  'number_code',
  'status',
  'username',
  'nickname',
  'mobile',
  'email',
  'add_time',
  'upd_time',
  'is_delete_time',
  'is_logout_time',
  'pwd',
] as const satisfies (keyof User)[];

/** An account as an operator may need it, ended or not. `pwd` is for telling whether there is one. */
export type OperatedAccount = Readonly<Pick<User, (typeof SHOWN)[number]>>;

const COLUMNS = SHOWN.map((column) => `u.${column}`).join(', ');

/** The greatest character: everything that begins with a text stands below the text and this. */
const GREATEST = `chr(1114111)`;

/** The conditions are those of the names' partial unique indexes, which find the rows. */
const beginsWith = (column: 'username' | 'email'): string => {
  const [name, given] = [`u.${column}`, '$1::text'].map((one) => `lower(${one} COLLATE "C")`);
  return `(
    SELECT u.id FROM sxo_user u
    WHERE u.${column} <> '' AND ${notEnded('u')}
      AND ${name} >= ${given} AND ${name} < ${given} || ${GREATEST}
    ORDER BY ${name} LIMIT $3)`;
};

/** $2 is the text as an id, or null. */
const FIND: Statement = {
  name: 'operator.find',
  text: `
    WITH found AS (
      (SELECT u.id FROM sxo_user u WHERE u.id = $2::bigint)
      UNION (SELECT u.id FROM sxo_user u WHERE u.number_code = $1)
      UNION (
        SELECT u.id FROM sxo_user u WHERE u.mobile <> '' AND u.mobile = $1 AND ${notEnded('u')})
      UNION ${beginsWith('username')}
      UNION ${beginsWith('email')}
    )
    SELECT ${COLUMNS} FROM sxo_user u JOIN found ON found.id = u.id ORDER BY u.id LIMIT $3`,
};

/** The account is locked by then. */
const SET_STATUS: Statement = {
  name: 'operator.set_status',
  text: `
    WITH before AS (SELECT id, status FROM sxo_user WHERE id = $1),
    changed AS (
      UPDATE sxo_user u SET status = $2, upd_time = now()
      FROM before WHERE u.id = before.id
      RETURNING u.id AS user_id,
        ${changesSql([{ name: 'status', before: 'before.status', after: 'u.status' }])} AS changes
    )
    ${recordSql('changed', 3)}`,
};

/** Ids of accounts: what does not look like one is none's. */
const ID = /^[1-9]\d{0,17}$/;

/** Reads accounts for operators, and sets their status. */
@Injectable()
export class OperatorRepository {
  constructor(private readonly database: Database) {}

  /**
   * Finds accounts by their id or member code, those that have not ended by their mobile number, too, or by
   * how their user name or email address begins.
   *
   * @param most how many at most
   */
  async find(text: string, most: number): Promise<OperatedAccount[]> {
    // PostgreSQL's text has no NUL, so no account has one either.
    if (text.includes('\0')) return [];
    return this.database.run<OperatedAccount>(FIND, [text, ID.test(text) ? text : null, most]);
  }

  async setStatus(
    id: string,
    status: number,
    action: OperatorAction,
    origin: Origin,
  ): Promise<void> {
    await this.database.run(SET_STATUS, [id, status, ...auditValues(action, origin)]);
  }
}
