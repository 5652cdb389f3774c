import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { violatedConstraint } from '../../database/database-errors.js';
import type { Origin } from '../../protocol/origin.js';
import type { AuditAction } from '../audit/audit-action.js';
import { type AuditedField, auditValues, changesSql, recordSql } from '../audit/audit-row.js';
import { UserStatus } from '../personal/entities/user.entity.js';
import { liveAccount, notEnded } from '../personal/live-account.js';
import type { Contact } from './contact.js';
import { maskedEmail, maskedMobile } from './masked-contact.js';
import type { StoredPassword } from './password/password-hasher.js';

/** What proves an account, whether it may be used, and where codes reach it. */
export interface Credentials extends StoredPassword {
  readonly id: string;
  /** One of `UserStatus`. */
  readonly status: number;
  /** Empty where the account has none; the next two, where none is bound. */
  readonly username: string;
  readonly mobile: string;
  readonly email: string;
}

const CREDENTIALS = 'id, status, pwd, salt, username, mobile, email';

/**
 * SQL: the column is this name in whatever case of ASCII, as its unique index has it. In the database's
 * own alphabet, cases of other letters lead to ASCII, too, as that of the Kelvin sign to `k`.
 */
const sameName = (column: 'username' | 'email'): string =>
  `(${column} <> '' AND lower(${column} COLLATE "C") = lower($1::text COLLATE "C"))`;

/**
 * Mobile numbers and addresses first: no one may register such a user name, but one may have been
 * brought over.
 */
const FIND_BY_NAME: Statement = {
  name: 'account.find_by_name',
  text: `
    SELECT ${CREDENTIALS}
    FROM sxo_user u
    WHERE ${notEnded('u')} AND (
      ${sameName('username')}
      OR (mobile <> '' AND mobile = $1)
      OR ${sameName('email')})
    ORDER BY (mobile = $1 OR ${sameName('email')}) DESC
    LIMIT 1`,
};

/** How each kind of contact is compared. */
const CONTACT_MATCHES = {
  sms: `mobile <> '' AND mobile = $1`,
  email: sameName('email'),
} as const;

const findByContact = (channel: Contact['channel']): Statement => ({
  name: `account.find_by_${channel}`,
  text: `SELECT ${CREDENTIALS} FROM sxo_user u WHERE ${notEnded('u')} AND ${CONTACT_MATCHES[channel]}`,
});

const FIND_BY_CONTACT = { sms: findByContact('sms'), email: findByContact('email') } as const;

const lockByContact = (channel: Contact['channel']): Statement => ({
  name: `account.lock_by_${channel}`,
  text: `${FIND_BY_CONTACT[channel].text} FOR NO KEY UPDATE`,
});

const LOCK_BY_CONTACT = { sms: lockByContact('sms'), email: lockByContact('email') } as const;

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

const FIND_BY_ID: Statement = {
  name: 'account.find_by_id',
  text: `SELECT ${CREDENTIALS} FROM sxo_user u WHERE id = $1 AND ${notEnded('u')}`,
};

/** Of an account that may have any password, see {@link LOCK}. */
const LOCK_BY_ID: Statement = {
  name: 'account.lock_by_id',
  text: `${FIND_BY_ID.text} FOR NO KEY UPDATE`,
};

/** Holds off every other change of the account's password and status until the transaction ends. */
const LOCK: Statement = {
  name: 'account.lock',
  text: `
    SELECT ${CREDENTIALS}
    FROM sxo_user u
    WHERE id = $1 AND pwd = $2 AND ${notEnded('u')}
    FOR NO KEY UPDATE`,
};

/** The member code ends with the id while that fits into ten digits; $1 is ten random ones. */
const INSERT: Statement = {
  name: 'account.insert',
  text: `
    WITH next AS (SELECT nextval(pg_get_serial_sequence('sxo_user', 'id')) AS id),
    added AS (
      INSERT INTO sxo_user AS u (id, number_code, pwd, username, mobile, email)
      SELECT
        id,
        CASE WHEN length(id::text) <= 10
          THEN left($1::text, 10 - length(id::text)) || id
          ELSE $1::text
        END,
        $2,
        $3,
        $4,
        $5
      FROM next
      ON CONFLICT ON CONSTRAINT uq_user_number_code DO NOTHING
      RETURNING u.id AS user_id,
        coalesce(${changesSql([
          contactField('sms', `''::text`, 'u.mobile'),
          contactField('email', `''::text`, 'u.email'),
        ])}, '{}') AS changes
    ), audit AS (${recordSql('added', 6)})
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

const RENEW_PASSWORD: Statement = {
  name: 'account.renew_password',
  text: `UPDATE sxo_user SET pwd = $3, salt = '' WHERE id = $1 AND pwd = $2`,
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

/** Why an account was not added. */
export type InsertRefusal = 'name taken' | 'number code taken';

/** The unique indexes of what an account is named by. */
const NAME_INDEXES: ReadonlySet<string | undefined> = new Set([
  'uq_user_username',
  'uq_user_mobile',
  'uq_user_email',
]);

/** The user table's only reader and writer on behalf of registration, login and safety. */
@Injectable()
export class AccountRepository {
  constructor(private readonly database: Database) {}

  /** @param name user name or email address in any case, or mobile number */
  async findByName(name: string): Promise<Credentials | undefined> {
    // PostgreSQL's text has no NUL, so no account has one either.
    if (name.includes('\0')) return undefined;
    const [found] = await this.database.run<Credentials>(FIND_BY_NAME, [name]);
    return found;
  }

  async findByContact({ channel, account }: Contact): Promise<Credentials | undefined> {
    const statement = FIND_BY_CONTACT[channel];
    const [found] = await this.database.run<Credentials>(statement, [account]);
    return found;
  }

  /** Locks whose the contact is for the rest of the transaction. */
  async lockByContact({ channel, account }: Contact): Promise<Credentials | undefined> {
    const statement = LOCK_BY_CONTACT[channel];
    const [locked] = await this.database.run<Credentials>(statement, [account]);
    return locked;
  }

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

  async findById(id: string): Promise<Credentials | undefined> {
    const [found] = await this.database.run<Credentials>(FIND_BY_ID, [id]);
    return found;
  }

  /**
   * Locks the account for the rest of the transaction.
   *
   * @returns undefined where its password is no longer this one, or it has ended
   */
  async lock({ id, pwd }: Credentials): Promise<Credentials | undefined> {
    const [locked] = await this.database.run<Credentials>(LOCK, [id, pwd]);
    return locked;
  }

  /**
   * Locks the account for the rest of the transaction, whatever its password.
   *
   * @returns undefined where it has ended
   */
  async lockById(id: string): Promise<Credentials | undefined> {
    const [locked] = await this.database.run<Credentials>(LOCK_BY_ID, [id]);
    return locked;
  }

  /**
   * Adds an account.
   *
   * @param digits ten random digits for the member code
   * @returns its id, or why there is none; after `name taken` the transaction is at its end
   */
  async insert(
    digits: string,
    name: AccountName,
    pwd: string,
    origin: Origin,
  ): Promise<{ id: string; refusal?: undefined } | { id?: undefined; refusal: InsertRefusal }> {
    const { username, mobile, email } = { username: '', mobile: '', email: '', ...name };
    try {
      const [row] = await this.database.run<{ id: string }>(INSERT, [
        digits,
        pwd,
        username,
        mobile,
        email,
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

  /** Replaces a hash by another of the same password, unless the password was changed since. */
  async renewPassword({ id, pwd }: Credentials, renewed: string): Promise<void> {
    await this.database.run(RENEW_PASSWORD, [id, pwd, renewed]);
  }

  /** Ends an account for ever, with its sessions, and frees its names. */
  async close(id: string, origin: Origin): Promise<void> {
    await this.database.run(CLOSE, [id, ...auditValues('account.closed', origin)]);
  }
}
