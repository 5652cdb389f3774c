import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Database, type Statement } from '../../database/database.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { AuditAction } from '../audit/audit-action.js';
import { auditValues, recordSql } from '../audit/audit-row.js';
import { AvatarRepository } from '../avatar/avatar.repository.js';
import { LiveAccountRepository } from '../personal/live-account.repository.js';
import { UserAddress } from './entities/user-address.entity.js';

/** What a save gives of an address, in the order of the statements' placeholders. */
const GIVEN_COLUMNS = [
  'alias',
  'name',
  'tel',
  'province',
  'city',
  'county',
  'address',
  'lng',
  'lat',
  'idcard_name',
  'idcard_number',
  'idcard_front',
  'idcard_back',
] as const satisfies (keyof UserAddress)[];

/** An address without its owner and times. Its pictures are paths, its number is sealed. */
export type StoredAddress = Pick<UserAddress, 'id' | 'is_default' | (typeof GIVEN_COLUMNS)[number]>;

/** What a save stores. */
export type GivenAddress = Pick<StoredAddress, (typeof GIVEN_COLUMNS)[number]>;

const placeholders = (first: number): string[] =>
  GIVEN_COLUMNS.map((_, index) => `$${first + index}`);

/**
 * What the audit trail records of an address: its id, and nothing of its contents.
 *
 * @param source has the `id` and `user_id` of each address
 * @param was whether the address was there before, and whether it is there after
 * @param condition SQL; nothing is recorded of an address for which it does not hold
 */
const audited = (
  source: string,
  was: { readonly before: boolean; readonly after: boolean },
  condition = 'true',
): string => {
  const ids = (isThere: boolean) => (isThere ? 'jsonb_build_array(id::text)' : `'[]'::jsonb`);
  return `(
    SELECT user_id, jsonb_build_object('addresses',
      jsonb_build_object('old', ${ids(was.before)}, 'new', ${ids(was.after)})) AS changes
    FROM ${source} WHERE ${condition})`;
};

const ADD: Statement = {
  name: 'useraddress.add',
  text: `
    WITH added AS (
      INSERT INTO sxo_user_address (user_id, is_default, ${GIVEN_COLUMNS.join(', ')})
      SELECT $1, false, ${placeholders(3).join(', ')}
      WHERE (SELECT count(*) FROM sxo_user_address WHERE user_id = $1) < $2
      RETURNING id, user_id
    ), audit AS (
      ${recordSql(audited('added', { before: false, after: true }), 3 + GIVEN_COLUMNS.length)})
    SELECT id FROM added`,
};

const VALUES = [...GIVEN_COLUMNS, 'is_default'] as const;

const valuesOf = (alias: string): string =>
  `(${VALUES.map((column) => `${alias}.${column}`).join(', ')})`;

/**
 * It stays the default one only where `$3` says so; another one does not become it here. A save that
 * changes no value is not recorded; an identity-card number is sealed anew at each, which counts as one.
 */
const CHANGE: Statement = {
  name: 'useraddress.change',
  text: `
    WITH before AS (
      SELECT id, ${VALUES.join(', ')} FROM sxo_user_address WHERE user_id = $1 AND id = $2
    ), changed AS (
      UPDATE sxo_user_address a
      SET (${GIVEN_COLUMNS.join(', ')}) = (${placeholders(4).join(', ')}),
        is_default = a.is_default AND $3, upd_time = now()
      FROM before WHERE a.id = before.id
      RETURNING a.id, a.user_id, ${valuesOf('before')} IS DISTINCT FROM ${valuesOf('a')} AS differs
    ), audit AS (
      ${recordSql(
        audited('changed', { before: true, after: true }, 'differs'),
        4 + GIVEN_COLUMNS.length,
      )})
    SELECT id FROM changed`,
};

/** Leaves room for another default one; nothing where that one is not the user's. */
const CLEAR_DEFAULT: Statement = {
  name: 'useraddress.clear_default',
  text: `
    UPDATE sxo_user_address SET is_default = false
    WHERE user_id = $1 AND is_default AND id <> $2
      AND EXISTS (SELECT FROM sxo_user_address WHERE user_id = $1 AND id = $2)`,
};

const SET_DEFAULT: Statement = {
  name: 'useraddress.set_default',
  text: `
    WITH before AS (
      SELECT id, is_default FROM sxo_user_address WHERE user_id = $1 AND id = $2
    ), changed AS (
      UPDATE sxo_user_address a SET is_default = true
      FROM before WHERE a.id = before.id
      RETURNING a.id, a.user_id, before.is_default AS was_default
    ), audit AS (
      ${recordSql(audited('changed', { before: true, after: true }, 'NOT was_default'), 3)})
    SELECT id FROM changed`,
};

const REMOVE: Statement = {
  name: 'useraddress.remove',
  text: `
    WITH removed AS (
      DELETE FROM sxo_user_address WHERE user_id = $1 AND id = $2 RETURNING id, user_id
    ), audit AS (${recordSql(audited('removed', { before: true, after: false }), 3)})
    SELECT id FROM removed`,
};

type Change = 'done' | 'unknown';

/** What became of a change of an address; one that the user does not have is `unknown`. */
export type Outcome = Change | 'account ended';

/** What became of a save; `missing` are paths that are not of the user's stored pictures. */
export type Saved = Outcome | 'too many' | { readonly missing: readonly string[] };

/** What to save. */
export interface Save {
  readonly userId: string;
  /** Undefined adds one. */
  readonly id?: string;
  readonly given: GivenAddress;
  readonly isDefault: boolean;
  /** Addresses that the user may have. */
  readonly limit: number;
  readonly origin: Origin;
}

/** The delivery addresses of users; a change and its row of the audit trail are one statement. */
@Injectable()
export class UserAddressRepository {
  constructor(
    private readonly database: Database,
    private readonly accounts: LiveAccountRepository,
    private readonly pictures: AvatarRepository,
  ) {}

  /** A user's own: the default one, then the newest first. */
  async list(userId: string): Promise<StoredAddress[]> {
    return this.addresses.find({
      where: { user_id: userId },
      order: { is_default: 'DESC', id: 'DESC' },
    });
  }

  /** @returns undefined where the user has no such address */
  async find(userId: string, id: string): Promise<StoredAddress | undefined> {
    return (await this.addresses.findOneBy({ user_id: userId, id })) ?? undefined;
  }

  /** Adds or changes an address; nothing is changed where the answer is not `done`. */
  async save(save: Save): Promise<Saved> {
    const { userId, given, isDefault, origin } = save;
    return this.whileOwned<Saved>(userId, async () => {
      const paths = [given.idcard_front, given.idcard_back].filter((path) => path !== '');
      const missing = await this.pictures.missing(userId, paths, 'sealed');
      if (missing.length > 0) return { missing };
      const id = await this.write(save);
      if (id === undefined) return save.id === undefined ? 'too many' : 'unknown';
      return isDefault ? this.makeDefault(userId, id, origin) : 'done';
    });
  }

  /**
   * Adds an address without pictures, unless the user has one like it.
   *
   * @returns the address that the user has now
   */
  async addOnce(save: Save): Promise<StoredAddress | 'too many' | 'account ended'> {
    const { name, tel, province, city, county, address } = save.given;
    const own = { user_id: save.userId };
    return this.whileOwned(save.userId, async () => {
      const alike = { ...own, name, tel, province, city, county, address };
      const existing = await this.addresses.findOneBy(alike);
      if (existing) return existing;
      const id = await this.write(save);
      return id === undefined ? 'too many' : this.addresses.findOneByOrFail({ ...own, id });
    });
  }

  /** Makes an address the default one; nothing is changed where the answer is not `done`. */
  async setDefault(userId: string, id: string, origin: Origin): Promise<Outcome> {
    return this.whileOwned(userId, () => this.makeDefault(userId, id, origin));
  }

  async remove(userId: string, id: string, origin: Origin): Promise<Outcome> {
    const values = [userId, id, ...auditValues('address.removed', origin)];
    return this.whileOwned(userId, () => this.one(REMOVE, values));
  }

  /**
   * Removes every address of an account that has ended: no one adds to them any more. The audit trail's
   * row of the account's end tells of it.
   */
  async removeAll(userId: string): Promise<void> {
    await this.addresses.delete({ user_id: userId });
  }

  /** Does work on a user's addresses in a transaction, while no one else does any. */
  private async whileOwned<Result>(
    userId: string,
    work: () => Promise<Result>,
  ): Promise<Result | 'account ended'> {
    return this.database.transaction(async () => {
      // Before any other lock: such work goes one after another, and none can wait in a circle.
      return (await this.accounts.hold(userId)) ? work() : 'account ended';
    });
  }

  private async write(save: Save): Promise<string | undefined> {
    const { userId, id, given, isDefault, limit, origin } = save;
    const values = GIVEN_COLUMNS.map((column) => given[column]);
    const audit = (action: AuditAction) => auditValues(action, origin);
    const [row] = await this.database.run<{ id: string }>(
      id === undefined ? ADD : CHANGE,
      id === undefined
        ? [userId, limit, ...values, ...audit('address.added')]
        : [userId, id, isDefault, ...values, ...audit('address.changed')],
    );
    return row?.id;
  }

  private async makeDefault(userId: string, id: string, origin: Origin): Promise<Change> {
    await this.database.run(CLEAR_DEFAULT, [userId, id]);
    return this.one(SET_DEFAULT, [userId, id, ...auditValues('address.default_set', origin)]);
  }

  private get addresses(): Repository<UserAddress> {
    return this.database.repository(UserAddress);
  }

  private async one(statement: Statement, values: unknown[]): Promise<Change> {
    return (await this.database.run(statement, values)).length > 0 ? 'done' : 'unknown';
  }
}
