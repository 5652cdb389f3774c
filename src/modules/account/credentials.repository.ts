import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import { User } from '../personal/entities/user.entity.js';
import { notEnded } from '../personal/live-account.js';
import type { Contact } from './contact.js';

const COLUMNS = [
  'id',
  'status',
  'pwd',
  'salt',
  'username',
  'mobile',
  'email',
] as const satisfies (keyof User)[];

/**
 * What proves an account, whether it may be used (one of `UserStatus`), and where codes reach it. Names
 * and contacts that the account does not have are empty.
 */
export type Credentials = Readonly<Pick<User, (typeof COLUMNS)[number]>>;

/**
 * SQL: the column is `:name` in whatever case of ASCII, as its unique index has it. In the database's
 * own alphabet, cases of other letters lead to ASCII, too, as that of the Kelvin sign to `k`.
 */
const isSameName = (column: 'username' | 'email'): string =>
  `(u.${column} <> '' AND lower(u.${column} COLLATE "C") = lower(CAST(:name AS text) COLLATE "C"))`;

/** SQL: the contact of a channel is `:name`. */
const HAS_CONTACT = {
  sms: `(u.mobile <> '' AND u.mobile = :name)`,
  email: isSameName('email'),
} as const;

const HAS_ANY_CONTACT = `(${HAS_CONTACT.sms} OR ${HAS_CONTACT.email})`;

/**
 * Finds and locks accounts that have not ended. A lock keeps every other change of the account's password,
 * contacts and status waiting until the transaction ends.
 */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Who has a contact of this name comes before who has it as user name: nobody may register such a user
   * name, but one may have been brought over.
   *
   * @param name user name or email address in any case, or mobile number
   */
  async findByName(name: string): Promise<Credentials | undefined> {
    // PostgreSQL's text has no NUL, so no account has one either.
    if (name.includes('\0')) return undefined;
    return firstOf(
      this.accounts(`(${isSameName('username')} OR ${HAS_ANY_CONTACT})`, { name })
        .orderBy(HAS_ANY_CONTACT, 'DESC')
        .limit(1),
    );
  }

  async findByContact({ channel, account }: Contact): Promise<Credentials | undefined> {
    return firstOf(this.accounts(HAS_CONTACT[channel], { name: account }));
  }

  async findById(id: string): Promise<Credentials | undefined> {
    return firstOf(this.accounts('u.id = :id', { id }));
  }

  /** Locks the account that has the contact. */
  async lockByContact({ channel, account }: Contact): Promise<Credentials | undefined> {
    return lockedOf(this.accounts(HAS_CONTACT[channel], { name: account }));
  }

  /** Locks an account, whatever its password. */
  async lockById(id: string): Promise<Credentials | undefined> {
    return lockedOf(this.accounts('u.id = :id', { id }));
  }

  /** Locks an account; undefined where its password is no longer this one. */
  async lock({ id, pwd }: Credentials): Promise<Credentials | undefined> {
    return lockedOf(this.accounts('u.id = :id AND u.pwd = :pwd', { id, pwd }));
  }

  /** Replaces a hash by another of the same password, unless the password was changed since. */
  async renewPassword({ id, pwd }: Credentials, renewed: string): Promise<void> {
    await this.database.repository(User).update({ id, pwd }, { pwd: renewed, salt: '' });
  }

  /** Empties a one-time password that has let its owner in, unless it was replaced since. */
  async useUp({ id, pwd }: Credentials): Promise<void> {
    await this.database.repository(User).update({ id, pwd }, { pwd: '' });
  }

  private accounts(condition: string, parameters: ObjectLiteral): SelectQueryBuilder<User> {
    return this.database
      .repository(User)
      .createQueryBuilder('u')
      .select(COLUMNS.map((column) => `u.${column}`))
      .where(notEnded('u'))
      .andWhere(condition, parameters);
  }
}

const firstOf = async (accounts: SelectQueryBuilder<User>): Promise<Credentials | undefined> =>
  (await accounts.getOne()) ?? undefined;

const lockedOf = (accounts: SelectQueryBuilder<User>): Promise<Credentials | undefined> =>
  firstOf(accounts.setLock('for_no_key_update'));
