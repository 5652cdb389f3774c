import { Injectable } from '@nestjs/common';
import { Any, type FindOptionsWhere, LessThan, Raw, type Repository } from 'typeorm';
import { Database } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { normaliseAccount } from './account-format.js';
import type { Channel } from './channels.js';
import { VerificationCode } from './entities/verification-code.entity.js';
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

/** The code of a key, if it has not expired. */
const live = (key: CodeKey): FindOptionsWhere<VerificationCode> => ({
  ...columnsOf(key),
  expire_time: Raw((column) => `${column} > now()`),
});

const columnsOf = ({ purpose, channel, account, userId = '0' }: CodeKey) => ({
  purpose,
  channel,
  account,
  user_id: userId,
});

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
    await this.codes.upsert(
      {
        ...columnsOf(key),
        salt: code.salt,
        code_hash: code.hash,
        address_hash: code.addressHash,
        client_hash: code.clientHash,
        tries: 0,
        expire_time: () => `now() + make_interval(secs => ${lifetimeSeconds})`,
      },
      ['purpose', 'channel', 'account', 'user_id'],
    );
  }

  /**
   * Finds the code that is to be tried.
   *
   * @returns undefined where there is none, or it has expired
   * @throws Error inside a transaction, whose rollback would give the try back
   */
  async find(key: CodeKey): Promise<StoredCode | undefined> {
    this.database.refuseTransaction('Trying a verification code');
    const row = await this.codes.findOneBy(live(key));
    if (!row) return undefined;
    const { salt, code_hash: hash, address_hash: addressHash, client_hash: clientHash } = row;
    return { salt, hash, addressHash, clientHash };
  }

  /**
   * Uses up one of the tries that a code has for who asked for it, before the guess is looked at: guesses
   * at the same time wait for the row one by one.
   *
   * @returns false where none is left, or the code is not there any more
   */
  async takeTry(key: CodeKey, { hash }: SaltedHash, limit: number): Promise<boolean> {
    const { affected } = await this.codes.update(
      { ...live(key), code_hash: hash, tries: LessThan(limit) },
      { tries: () => 'tries + 1' },
    );
    return affected === 1;
  }

  /**
   * Removes the code that was looked at, told by its salted hash, and no other.
   *
   * @returns false where it is not there any more: used, replaced or expired
   */
  async delete(key: CodeKey, { hash }: SaltedHash): Promise<boolean> {
    const { affected } = await this.codes.delete({ ...live(key), code_hash: hash });
    return affected === 1;
  }

  /**
   * Removes every code of an account, in the caller's transaction: those for its contacts, whatever for,
   * and those that it asked for to bind another.
   */
  async deleteOf({ id, mobile, email }: CodesOwner): Promise<void> {
    this.database.requireTransaction("Ending an account's verification codes");
    const purpose = Any([...PURPOSES]);
    await this.codes.delete([
      { user_id: id },
      { purpose, channel: 'sms', account: mobile },
      { purpose, channel: 'email', account: normaliseAccount(email) },
    ]);
  }

  /** All of the work's statements are kept, or none where it throws. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    this.database.refuseTransaction('Sending a verification code');
    return this.database.transaction(work);
  }

  private get codes(): Repository<VerificationCode> {
    return this.database.repository(VerificationCode);
  }
}
