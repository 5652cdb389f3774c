import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { violatedConstraint } from '../../database/database-errors.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { AuditAction } from '../audit/audit-action.js';
import { type AuditedField, auditValues, changesSql, recordSql } from '../audit/audit-row.js';
import { Gender, UserStatus } from '../personal/entities/user.entity.js';
import { liveAccount } from '../personal/live-account.js';
import type { Contact } from './contact.js';
import { maskedEmail, maskedMobile } from './masked-contact.js';
import type { NewProfile } from './new-profile.js';

/** The columns that hold contacts, and what the audit trail shows of them. */
const CONTACTS = {
  sms: { name: 'mobile', shown: maskedMobile },
  email: { name: 'email', shown: maskedEmail },
} as const;

const contactField = (
  channel: Contact['channel'],
  before: string,
  after: string,
): AuditedField => ({
  ...CONTACTS[channel],
  before,
  after,
});

/** Changes the row only while the account may be used. */
const bind = (channel: Contact['channel']): Statement => {
  const { name } = CONTACTS[channel];
  return {
    name: `account.bind_${channel}`,
    text: `
      WITH before AS (
        SELECT u.id, u.${name} FROM sxo_user u
        WHERE u.id = $1 AND ${liveAccount('u')}
        FOR NO KEY UPDATE
      ), bound AS (
        UPDATE sxo_user u SET ${name} = $2, upd_time = now()
        FROM before WHERE u.id = before.id
        RETURNING u.id AS user_id,
          ${changesSql([contactField(channel, `before.${name}`, `u.${name}`)])} AS changes
      ), audit AS (${recordSql('bound', 3)})
      SELECT user_id FROM bound`,
  };
};

const BIND = {
  sms: { statement: bind('sms'), action: 'mobile.bound' },
  email: { statement: bind('email'), action: 'email.bound' },
} as const;

/**
 * The member code ends with the id while that fits into ten digits; $1 is ten random ones. The profile is
 * not recorded: it stands in the row itself, and nothing was there before.
 */
const INSERT: Statement = {
  name: 'account.insert',
  text: `
    WITH next AS (SELECT nextval(pg_get_serial_sequence('sxo_user', 'id')) AS id),
    added AS (
      INSERT INTO sxo_user AS u
        (id, number_code, pwd, username, mobile, email, nickname, gender, province, city)
      SELECT
        id,
        CASE WHEN length(id::text) <= 10
          THEN left($1::text, 10 - length(id::text)) || id
          ELSE $1::text
        END,
        $2,
        $3,
        $4,
        $5,
        $6,
        $7::smallint,
        $8,
        $9
      FROM next
      ON CONFLICT ON CONSTRAINT uq_user_number_code DO NOTHING
      RETURNING u.id AS user_id,
        coalesce(${changesSql([
          contactField('sms', `''::text`, 'u.mobile'),
          contactField('email', `''::text`, 'u.email'),
        ])}, '{}') AS changes
    ), audit AS (${recordSql('added', 10)})
    SELECT user_id AS id FROM added`,
};

const SET_PASSWORD: Statement = {
  name: 'account.set_password',
  text: `
    WITH changed AS (
      UPDATE sxo_user SET pwd = $2, salt = '' WHERE id = $1
      RETURNING id AS user_id, '{}'::jsonb AS changes
    )
    ${recordSql('changed', 3)}`,
};

/**
 * What names or describes a person is removed, so that the picture is cleaned up, too. The database
 * ends the sessions of an account that ends.
 */
const CLOSE: Statement = {
  name: 'account.close',
  text: `
    WITH identities AS (DELETE FROM sxo_user_platform WHERE user_id = $1),
    addresses AS (DELETE FROM sxo_known_address WHERE user_id = $1),
    proofs AS (DELETE FROM sxo_mobile_proof WHERE user_id = $1),
    before AS (SELECT id, status FROM sxo_user WHERE id = $1 FOR NO KEY UPDATE),
    closed AS (
      UPDATE sxo_user u SET
        status = ${UserStatus.banned},
        is_logout_time = now(),
        upd_time = now(),
        username = '',
        mobile = '',
        email = '',
        pwd = '',
        salt = '',
        nickname = '',
        avatar = '',
        gender = 0,
        birthday = NULL,
        province = '',
        city = '',
        county = '',
        address = ''
      FROM before WHERE u.id = before.id
      RETURNING u.id AS user_id,
        coalesce(${changesSql([
          { name: 'status', before: 'before.status', after: 'u.status' },
        ])}, '{}') AS changes
    )
    ${recordSql('closed', 2)}`,
};

/** What a new account is named by; the others are empty. */
export type AccountName =
  { readonly username: string } | { readonly mobile: string } | { readonly email: string };

/** An account without a name, or with a number that a platform has proven, and its first profile. */
export interface PlatformAccount extends NewProfile {
  readonly mobile: string;
}

const UNNAMED = {
  username: '',
  mobile: '',
  email: '',
  nickname: '',
  gender: Gender.undisclosed,
  province: '',
  city: '',
};

/** Why an account was not added. */
export type InsertRefusal = 'name taken' | 'number code taken';

/** The unique indexes of what an account is named by. */
const NAME_INDEXES: ReadonlySet<string | undefined> = new Set([
  'uq_user_username',
  'uq_user_mobile',
  'uq_user_email',
]);

/** Adds, changes and ends accounts, each with its row of the audit trail in the same statement. */
@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  /** Gives an account a mobile number or an address; nothing is changed but for `bound`. */
  async bind(
    id: string,
    { channel, account }: Contact,
    origin: Origin,
  ): Promise<'bound' | 'taken' | 'not to be used'> {
    const { statement, action } = BIND[channel];
    try {
      const values = [id, account, ...auditValues(action, origin)];
      const rows = await this.database.run(statement, values);
      return rows.length > 0 ? 'bound' : 'not to be used';
    } catch (error) {
      if (!NAME_INDEXES.has(violatedConstraint(error))) throw error;
      return 'taken';
    }
  }

  /**
   * Adds an account.
   *
   * @param digits ten random digits for the member code
   * @returns its id, or why there is none; after `name taken` the transaction is at its end
   */
  async insert(
    digits: string,
    account: AccountName | PlatformAccount,
    pwd: string,
    origin: Origin,
  ): Promise<{ id: string; refusal?: undefined } | { id?: undefined; refusal: InsertRefusal }> {
    const { username, mobile, email, ...profile } = { ...UNNAMED, ...account };
    try {
      const [row] = await this.database.run<{ id: string }>(INSERT, [
        digits,
        pwd,
        username,
        mobile,
        email,
        profile.nickname,
        profile.gender,
        profile.province,
        profile.city,
        ...auditValues('account.registered', origin),
      ]);
      return row ?? { refusal: 'number code taken' };
    } catch (error) {
      if (!NAME_INDEXES.has(violatedConstraint(error))) throw error;
      return { refusal: 'name taken' };
    }
  }

  async setPassword(
    id: string,
    pwd: string,
    action: Extract<AuditAction, `password.${string}`>,
    origin: Origin,
  ): Promise<void> {
    await this.database.run(SET_PASSWORD, [id, pwd, ...auditValues(action, origin)]);
  }

  /** Ends an account for ever, with its sessions, and frees its names. */
  async close(id: string, origin: Origin): Promise<void> {
    await this.database.run(CLOSE, [id, ...auditValues('account.closed', origin)]);
  }
}
