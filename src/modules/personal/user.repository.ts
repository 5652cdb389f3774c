import { Injectable } from '@nestjs/common';
import { SessionSettings } from '../../config/session.settings.js';
import { Database, type Statement } from '../../database/database.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { auditValues, changesSql, recordSql } from '../audit/audit-row.js';
import {
  PLATFORM_IDENTITY_COLUMNS,
  type PlatformIdentities,
} from './entities/user-platform.entity.js';
import type { User } from './entities/user.entity.js';
import { liveAccount, liveSession } from './live-account.js';

/** The columns that a profile shows: all but the password's and those that end an account. */
const SHOWN_COLUMNS = [
  'id',
  'number_code',
  'status',
  'username',
  'nickname',
  'mobile',
  'email',
  'gender',
  'avatar',
  'province',
  'city',
  'county',
  'birthday',
  'address',
  'integral',
  'locking_integral',
  'referrer',
  'add_time',
  'upd_time',
] as const satisfies (keyof User)[];

/** The columns that personal/save may change. */
export const EDITABLE_COLUMNS = [
  'nickname',
  'birthday',
  'province',
  'city',
  'county',
  'gender',
  'address',
  'avatar',
] as const satisfies (keyof User)[];

/** A user with the platform identities of the asking session, where there are any; text is never null. */
export type Profile = Pick<User, (typeof SHOWN_COLUMNS)[number]> & {
  readonly has_password: boolean;
  readonly platform: PlatformIdentities | null;
};

/** The editable part of a profile. */
export type EditableProfile = Pick<User, (typeof EDITABLE_COLUMNS)[number]>;

interface Difference<Value> {
  readonly old: Value;
  readonly new: Value;
}

/** The columns whose value a save changed. */
export type ProfileDifference = {
  readonly [Column in keyof EditableProfile]?: Difference<EditableProfile[Column]>;
};

/** A profile after a save, and what the save changed of it. */
export interface SavedProfile {
  readonly profile: Profile;
  readonly difference: ProfileDifference;
}

/** New values as text; an absent one leaves its column alone. `avatar` is a path, not a URL. */
export type ProfileChanges = Partial<Record<keyof EditableProfile, string>> & {
  readonly nickname: string;
};

/**
 * The row of who asks, while the account and the session are live: the guard may know them from
 * memory. `UserRepository.asker` gives $1 to $6.
 */
const ASKER = `
  sxo_user u
  JOIN sxo_user_session s
    ON s.id = $4 AND s.user_id = u.id AND ${liveSession('s', '$5', '$6')}`;
const IS_ASKER = `u.id = $1 AND ${liveAccount('u')}`;

/** As one value: few users have any, and each column of an answer costs the driver something. */
const PLATFORM = `CASE WHEN p.user_id IS NOT NULL THEN json_build_object(${PLATFORM_IDENTITY_COLUMNS.map(
  (column) => `'${column}', p.${column}`,
).join(', ')}) END AS platform`;

const SHOWN = [
  ...SHOWN_COLUMNS.map((column) => `u.${column}`),
  "u.pwd <> '' AS has_password",
  PLATFORM,
].join(', ');

const CHANGES = changesSql(
  EDITABLE_COLUMNS.map((name) => ({ name, before: `before.${name}`, after: `u.${name}` })),
);

const FIND_LIVE: Statement = {
  name: 'user.find_live',
  text: `
    SELECT ${SHOWN}
    FROM ${ASKER}
    LEFT JOIN sxo_user_platform p
      ON p.user_id = u.id AND p.system_type = $2 AND p.platform = $3
    WHERE ${IS_ASKER}`,
};

/**
 * Changes the given columns and no others, and only while who asks may, and a new avatar is the
 * user's own. The row is locked first, so that `before` is what this statement replaces, and the
 * session, so that it is seen to have ended while this waited for the row. The picture is locked too,
 * so that it is not cleaned up as unused while it comes into use. What has really changed is recorded.
 */
const SAVE: Statement = {
  name: 'user.save_profile',
  text: `
    WITH before AS (
      SELECT u.id, ${EDITABLE_COLUMNS.map((column) => `u.${column}`).join(', ')}
      FROM ${ASKER}
      WHERE ${IS_ASKER}
      FOR NO KEY UPDATE OF u FOR KEY SHARE OF s
    ), picture AS (
      SELECT a.path FROM sxo_user_avatar a
      WHERE a.path = $14 AND a.user_id = $1 AND a.is_stored AND a.key_id IS NULL
      FOR SHARE
    ), saved AS (
      UPDATE sxo_user u SET
        nickname = $7,
        birthday = CASE WHEN $8::text IS NULL THEN u.birthday ELSE nullif($8::text, '')::date END,
        province = coalesce($9, u.province),
        city = coalesce($10, u.city),
        county = coalesce($11, u.county),
        gender = coalesce($12::smallint, u.gender),
        address = coalesce($13, u.address),
        avatar = coalesce($14, u.avatar),
        upd_time = now()
      FROM before
      LEFT JOIN sxo_user_platform p
        ON p.user_id = before.id AND p.system_type = $2 AND p.platform = $3
      WHERE u.id = before.id
        AND (coalesce($14, '') IN ('', before.avatar) OR EXISTS (SELECT FROM picture))
      RETURNING ${SHOWN}, ${CHANGES} AS changes
    ), audit AS (${recordSql('(SELECT id AS user_id, changes FROM saved)', 15)})
    SELECT * FROM saved`,
};

/** The user tables' only reader and writer on the profile's behalf. */
@Injectable()
export class UserRepository {
  constructor(
    private readonly database: Database,
    private readonly limits: SessionSettings,
  ) {}

  /**
   * The profile of who asks, or undefined where the session has ended, or the account is gone, banned
   * or pending.
   */
  async findLive(identity: Identity): Promise<Profile | undefined> {
    const [profile] = await this.database.run<Profile>(FIND_LIVE, this.asker(identity));
    return profile;
  }

  /**
   * Saves all of the changes or none.
   *
   * @returns undefined, and nothing changed, where the session has ended, the account is gone, banned
   *   or pending, or the avatar is not a picture of this user's
   */
  async save(
    identity: Identity,
    changes: ProfileChanges,
    origin: Origin,
  ): Promise<SavedProfile | undefined> {
    const [saved] = await this.database.run<
      Profile & { readonly changes: ProfileDifference | null }
    >(SAVE, [
      ...this.asker(identity),
      changes.nickname,
      changes.birthday,
      changes.province,
      changes.city,
      changes.county,
      changes.gender,
      changes.address,
      changes.avatar,
      ...auditValues('profile.changed', origin),
    ]);
    if (!saved) return undefined;
    const { changes: difference, ...profile } = saved;
    return { profile, difference: difference ?? {} };
  }

  private asker({ userId, systemType, clientType, sessionId }: Identity): unknown[] {
    const { idleDays, absoluteDays } = this.limits;
    return [userId, systemType, clientType, sessionId, idleDays, absoluteDays];
  }
}
