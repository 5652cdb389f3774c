import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { violatedConstraint } from '../../database/database-errors.js';
import { UserStatus } from '../personal/entities/user.entity.js';
import { liveAccount, notEnded } from '../personal/live-account.js';
import type { Contact } from './contact.js';
import type { StoredPassword } from './password/password-hasher.js';

/** What proves an account and whether it may be used. */
export interface Credentials extends StoredPassword {
  readonly id: string;
  /** One of `UserStatus`. */
  readonly status: number;
}

const CREDENTIALS = 'id, status, pwd, salt';

/**
 * In whatever case of ASCII, which is all that names have: in the database's own alphabet the case of
 * other characters leads there, too, as that of the Kelvin sign to `k`. The first comparison is the
 * one that has an index.
 */
const sameName = (column: 'username' | 'email'): string =>
  `(${column} <> '' AND lower(${column}) = lower($1)
      AND lower(${column} COLLATE "C") = lower($1::text COLLATE "C"))`;

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
    ORDER BY mobile = $1 OR lower(email) = lower($1) DESC
    LIMIT 1`,
};

/** How each kind of contact is compared. */
const CONTACT_MATCHES = {
  sms: `mobile <> '' AND mobile = $1`,
  email: `email <> '' AND lower(email) = lower($1)`,
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

/** Changes the row only while the account may be used. */
const bind = (channel: Contact['channel'], column: 'mobile' | 'email'): Statement => ({
  name: `account.bind_${channel}`,
  text: `
    UPDATE sxo_user u SET ${column} = $2, upd_time = now()
    WHERE u.id = $1 AND ${liveAccount('u')}
    RETURNING u.id`,
});

const BIND = { sms: bind('sms', 'mobile'), email: bind('email', 'email') } as const;

const FIND_BY_ID: Statement = {
  name: 'account.find_by_id',
  text: `SELECT ${CREDENTIALS} FROM sxo_user u WHERE id = $1 AND ${notEnded('u')}`,
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
    WITH next AS (SELECT nextval(pg_get_serial_sequence('sxo_user', 'id')) AS id)
    INSERT INTO sxo_user (id, number_code, pwd, username, mobile, email)
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
    RETURNING id`,
};

const SET_PASSWORD: Statement = {
  name: 'account.set_password',
  text: `UPDATE sxo_user SET pwd = $2, salt = '' WHERE id = $1`,
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
      addresses AS (DELETE FROM sxo_known_address WHERE user_id = $1)
    UPDATE sxo_user SET
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
    WHERE id = $1`,
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

  /** Runs work in one transaction, see `Database.transaction`. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.database.transaction(work);
  }

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
  ): Promise<'bound' | 'taken' | 'not to be used'> {
    try {
      const rows = await this.database.run(BIND[channel], [id, account]);
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
   * Adds an account.
   *
   * @param digits ten random digits for the member code
   * @returns its id, or why there is none; after `name taken` the transaction is at its end
   */
  async insert(
    digits: string,
    name: AccountName,
    pwd: string,
  ): Promise<{ id: string; refusal?: undefined } | { id?: undefined; refusal: InsertRefusal }> {
    const { username, mobile, email } = { username: '', mobile: '', email: '', ...name };
    try {
      const [row] = await this.database.run<{ id: string }>(INSERT, [
        digits,
        pwd,
        username,
        mobile,
        email,
      ]);
      return row ?? { refusal: 'number code taken' };
    } catch (error) {
      if (!NAME_INDEXES.has(violatedConstraint(error))) throw error;
      return { refusal: 'name taken' };
    }
  }

  async setPassword(id: string, pwd: string): Promise<void> {
    await this.database.run(SET_PASSWORD, [id, pwd]);
  }

  /** Replaces a hash by another of the same password, unless the password was changed since. */
  async renewPassword({ id, pwd }: Credentials, renewed: string): Promise<void> {
    await this.database.run(RENEW_PASSWORD, [id, pwd, renewed]);
  }

  /** Ends an account for ever, with its sessions, and frees its names. */
  async close(id: string): Promise<void> {
    await this.database.run(CLOSE, [id]);
  }
}
