import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { violatedConstraint } from '../../database/database-errors.js';
import { UserStatus } from '../personal/entities/user.entity.js';
import type { StoredPassword } from './password/password-hasher.js';

/** What proves an account and whether it may be used. */
export interface Credentials extends StoredPassword {
  readonly id: string;
  /** One of `UserStatus`. */
  readonly status: number;
}

/** A row that has ended is no account any more. */
const NOT_ENDED = 'is_delete_time IS NULL AND is_logout_time IS NULL';

const CREDENTIALS = 'id, status, pwd, salt';

/**
 * Mobile numbers and addresses first: no one may register such a user name, but one may have been
 * brought over.
 */
const FIND_BY_NAME: Statement = {
  name: 'account.find_by_name',
  text: `
    SELECT ${CREDENTIALS}
    FROM sxo_user
    WHERE ${NOT_ENDED} AND (
      (username <> '' AND lower(username) = lower($1))
      OR (mobile <> '' AND mobile = $1)
      OR (email <> '' AND lower(email) = lower($1)))
    ORDER BY mobile = $1 OR lower(email) = lower($1) DESC
    LIMIT 1`,
};

const FIND_BY_ID: Statement = {
  name: 'account.find_by_id',
  text: `SELECT ${CREDENTIALS} FROM sxo_user WHERE id = $1 AND ${NOT_ENDED}`,
};

/** Holds off every other change of the account's password and status until the transaction ends. */
const LOCK: Statement = {
  name: 'account.lock',
  text: `
    SELECT ${CREDENTIALS}
    FROM sxo_user
    WHERE id = $1 AND pwd = $2 AND ${NOT_ENDED}
    FOR NO KEY UPDATE`,
};

/** The member code ends with the id while that fits into ten digits; $1 is ten random ones. */
const INSERT: Statement = {
  name: 'account.insert',
  text: `
    WITH next AS (SELECT nextval(pg_get_serial_sequence('sxo_user', 'id')) AS id)
    INSERT INTO sxo_user (id, number_code, username, pwd)
    SELECT
      id,
      CASE WHEN length(id::text) <= 10
        THEN left($1::text, 10 - length(id::text)) || id
        ELSE $1::text
      END,
      $2,
      $3
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

/** What someone could log in with is removed, not merely freed: it is personal data. */
const CLOSE: Statement = {
  name: 'account.close',
  text: `
    UPDATE sxo_user SET
      status = ${UserStatus.banned},
      is_logout_time = now(),
      upd_time = now(),
      username = '',
      mobile = '',
      email = '',
      pwd = '',
      salt = ''
    WHERE id = $1`,
};

/** Why an account was not added. */
export type InsertRefusal = 'username taken' | 'number code taken';

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
   * @returns its id, or why there is none; after `username taken` the transaction is at its end
   */
  async insert(
    digits: string,
    username: string,
    pwd: string,
  ): Promise<{ id: string; refusal?: undefined } | { id?: undefined; refusal: InsertRefusal }> {
    try {
      const [row] = await this.database.run<{ id: string }>(INSERT, [digits, username, pwd]);
      return row ?? { refusal: 'number code taken' };
    } catch (error) {
      if (violatedConstraint(error) !== 'uq_user_username') throw error;
      return { refusal: 'username taken' };
    }
  }

  async setPassword(id: string, pwd: string): Promise<void> {
    await this.database.run(SET_PASSWORD, [id, pwd]);
  }

  /** Replaces a hash by another of the same password, unless the password was changed since. */
  async renewPassword({ id, pwd }: Credentials, renewed: string): Promise<void> {
    await this.database.run(RENEW_PASSWORD, [id, pwd, renewed]);
  }

  /** Ends an account for ever and frees its names. */
  async close(id: string): Promise<void> {
    await this.database.run(CLOSE, [id]);
  }
}
