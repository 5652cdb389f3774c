import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { normaliseAccount } from './account-format.js';
import type { Channel } from './channels.js';
import type { SaltedHash } from './salted-hash.js';

const PURPOSES = ['login', 'reg', 'forgetpwd', 'bind'] as const;

/** What codes are for; one of a purpose is worth nothing for another. */
export type Purpose = (typeof PURPOSES)[number];

/** Which code is meant. */
export interface CodeKey {
  readonly purpose: Purpose;
  readonly channel: Channel;
  /** Normalised. */
  readonly account: string;
  /** Whose binding it is for; undefined for every other purpose. */
  readonly userId?: string | undefined;
}

/** A code, and who asked for it: hashes with one salt. */
export interface StoredCode extends SaltedHash {
  readonly addressHash: Buffer | null;
  readonly clientHash: Buffer | null;
}

/** Whose codes are to end. */
export interface CodesOwner {
  readonly id: string;
  /** These two are empty where none is bound. */
  readonly mobile: string;
  readonly email: string;
}

const REPLACE: Statement = {
  name: 'verification_code.replace',
  text: `
    INSERT INTO sxo_verification_code
      (purpose, channel, account, user_id, salt, code_hash, address_hash, client_hash, expire_time)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9))
    ON CONFLICT ON CONSTRAINT pk_verification_code DO UPDATE SET
      salt = EXCLUDED.salt, code_hash = EXCLUDED.code_hash, tries = 0,
      address_hash = EXCLUDED.address_hash, client_hash = EXCLUDED.client_hash,
      expire_time = EXCLUDED.expire_time`,
};

const THE_LIVE_ONE = `
  purpose = $1 AND channel = $2 AND account = $3 AND user_id = $4 AND expire_time > now()`;

const FIND: Statement = {
  name: 'verification_code.find',
  text: `
    SELECT salt, code_hash AS hash, address_hash AS "addressHash", client_hash AS "clientHash"
    FROM sxo_verification_code WHERE ${THE_LIVE_ONE}`,
};

/** Counts a guess before it is looked at: guesses at the same time wait for the row one by one. */
const TAKE_TRY: Statement = {
  name: 'verification_code.take_try',
  text: `
    UPDATE sxo_verification_code SET tries = tries + 1
    WHERE ${THE_LIVE_ONE} AND code_hash = $5 AND tries < $6
    RETURNING tries`,
};

/** Only the code that was looked at, told by its salted hash, and only once. */
const DELETE: Statement = {
  name: 'verification_code.delete',
  text: `
    DELETE FROM sxo_verification_code WHERE ${THE_LIVE_ONE} AND code_hash = $5
    RETURNING purpose`,
};

/** Those for its contacts, whatever for, and those that it asked for to bind another. */
const DELETE_OF_ACCOUNT: Statement = {
  name: 'verification_code.delete_of_account',
  text: `
    DELETE FROM sxo_verification_code
    WHERE (user_id = $1 AND user_id <> 0)
      OR (purpose = ANY ($2) AND channel = 'sms' AND account = $3)
      OR (purpose = ANY ($2) AND channel = 'email' AND account = $4)`,
};

/** The verification codes' only reader and writer. */
@Injectable()
export class VerificationCodeRepository {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_verification_code', 'expire_time');
  }

  /** Makes this the one code for its key, with all its tries. */
  async replace(key: CodeKey, code: StoredCode, lifetimeSeconds: number): Promise<void> {
    const { salt, hash, addressHash, clientHash } = code;
    const stored = [salt, hash, addressHash, clientHash, lifetimeSeconds];
    await this.database.run(REPLACE, [...values(key), ...stored]);
  }

  /**
   * Finds the code that is to be tried.
   *
   * @returns undefined where there is none, or it has expired
   * @throws Error inside a transaction, whose rollback would give the try back
   */
  async find(key: CodeKey): Promise<StoredCode | undefined> {
    this.database.refuseTransaction('Trying a verification code');
    const [code] = await this.database.run<StoredCode>(FIND, values(key));
    return code;
  }

  /**
   * Uses up one of the tries that a code has for who asked for it.
   *
   * @returns false where none is left, or the code is not there any more
   */
  async takeTry(key: CodeKey, { hash }: SaltedHash, limit: number): Promise<boolean> {
    return (await this.database.run(TAKE_TRY, [...values(key), hash, limit])).length > 0;
  }

  /** @returns false where the code is not there any more: used, replaced or expired */
  async delete(key: CodeKey, { hash }: SaltedHash): Promise<boolean> {
    return (await this.database.run(DELETE, [...values(key), hash])).length > 0;
  }

  /** Removes every code of an account, in the caller's transaction. */
  async deleteOf({ id, mobile, email }: CodesOwner): Promise<void> {
    this.database.requireTransaction("Ending an account's verification codes");
    await this.database.run(DELETE_OF_ACCOUNT, [id, PURPOSES, mobile, normaliseAccount(email)]);
  }

  /** All of the work's statements are kept, or none where it throws. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    this.database.refuseTransaction('Sending a verification code');
    return this.database.transaction(work);
  }
}

const values = ({ purpose, channel, account, userId = '0' }: CodeKey): string[] => [
  purpose,
  channel,
  account,
  userId,
];
