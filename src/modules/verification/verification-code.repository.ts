import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import type { Channel } from './channels.js';
import type { SaltedHash } from './salted-hash.js';

/** What codes are for; one of a purpose is worth nothing for another. */
export type Purpose = 'login' | 'reg' | 'forgetpwd' | 'bind';

/** Which code is meant. `account` is normalised. */
export interface CodeKey {
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly account: string;
}

const REPLACE: Statement = {
  name: 'verification_code.replace',
  text: `
    INSERT INTO sxo_verification_code (purpose, channel, account, salt, code_hash, expire_time)
    VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
    ON CONFLICT ON CONSTRAINT pk_verification_code DO UPDATE SET
      salt = EXCLUDED.salt, code_hash = EXCLUDED.code_hash, tries = 0,
      expire_time = EXCLUDED.expire_time`,
};

/** Counts a guess before it is looked at: guesses at the same time wait for the row one by one. */
const TAKE_TRY: Statement = {
  name: 'verification_code.take_try',
  text: `
    UPDATE sxo_verification_code SET tries = tries + 1
    WHERE purpose = $1 AND channel = $2 AND account = $3 AND expire_time > now() AND tries < $4
    RETURNING salt, code_hash AS hash`,
};

/** Only the code that was looked at, told by its salted hash, and only once. */
const DELETE: Statement = {
  name: 'verification_code.delete',
  text: `
    DELETE FROM sxo_verification_code
    WHERE purpose = $1 AND channel = $2 AND account = $3 AND code_hash = $4 AND expire_time > now()
    RETURNING purpose`,
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

  /** Makes this the account's one code for the purpose, with all its tries. */
  async replace(key: CodeKey, { salt, hash }: SaltedHash, lifetimeSeconds: number): Promise<void> {
    await this.database.run(REPLACE, [...values(key), salt, hash, lifetimeSeconds]);
  }

  /**
   * Uses up one of a code's tries.
   *
   * @returns undefined where there is no code, or it has expired or no tries left
   * @throws Error inside a transaction, whose rollback would give the try back
   */
  async takeTry(key: CodeKey, limit: number): Promise<SaltedHash | undefined> {
    this.database.refuseTransaction('Trying a verification code');
    const [code] = await this.database.run<SaltedHash>(TAKE_TRY, [...values(key), limit]);
    return code;
  }

  /** @returns false where the code is not there any more: used, replaced or expired */
  async delete(key: CodeKey, { hash }: SaltedHash): Promise<boolean> {
    return (await this.database.run(DELETE, [...values(key), hash])).length > 0;
  }

  /** All of the work's statements are kept, or none where it throws. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    this.database.refuseTransaction('Sending a verification code');
    return this.database.transaction(work);
  }
}

const values = ({ purpose, channel, account }: CodeKey): string[] => [purpose, channel, account];
