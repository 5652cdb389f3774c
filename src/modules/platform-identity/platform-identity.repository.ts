import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import type { Origin } from '../../protocol/request/origin.js';
import { auditValues, changesSql, recordSql } from '../audit/audit-row.js';
import {
  PLATFORM_IDENTITY_COLUMNS,
  UserPlatform,
} from '../personal/entities/user-platform.entity.js';
import { notEnded } from '../personal/live-account.js';
import { MINI_PROGRAM_TYPES, type MiniProgramType } from './mini-program-type.js';
import type { PlatformIdentity } from './platform-identity.js';

/** One at a time works on an identity: no row of it may be there yet that could be locked. */
const HOLD: Statement = {
  name: 'platform_identity.hold',
  text: `
    SELECT pg_advisory_xact_lock(key) FROM (
      SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest($1::text[]) AS name
      ORDER BY key OFFSET 0
    ) AS keys`,
};

/** What the audit trail shows of an openid. */
const masked = (openid: string): string =>
  `CASE WHEN ${openid} <> '' THEN left(${openid}, 4) || '****' ELSE '' END`;

/** The statements of one platform, whose identities have columns of their own. */
function statementsOf(type: MiniProgramType) {
  const openid = `${type}_openid`;
  const unionid = PLATFORM_IDENTITY_COLUMNS.find((column) => column === `${type}_unionid`);
  const isSame = `(p.${openid} = $3 AND p.${openid} <> '')`;
  const isUnited = unionid === undefined ? 'false' : `(p.${unionid} = $4 AND p.${unionid} <> '')`;
  const isHere = `(p.system_type = $1 AND p.platform = $2)`;
  const knows = unionid === undefined ? `$4::text IS NOT NULL` : `$4 IN ('', p.${unionid})`;

  /** The identity of this client comes first, then the same of another one, then its owner's others. */
  const find: Statement = {
    name: `platform_identity.find_${type}`,
    text: `
      SELECT p.user_id, ${isHere} AND ${isSame} AND ${knows} AS is_linked
      FROM sxo_user_platform p JOIN sxo_user u ON u.id = p.user_id AND ${notEnded('u')}
      WHERE ${isSame} OR ${isUnited}
      ORDER BY ${isSame} DESC, ${isHere} DESC, p.id LIMIT 1`,
  };

  /** Takes the identity from accounts that have ended. */
  const release: Statement = {
    name: `platform_identity.release_${type}`,
    text: `
      UPDATE sxo_user_platform p SET ${openid} = '', upd_time = now()
      FROM sxo_user u
      WHERE u.id = p.user_id AND p.${openid} = $1 AND p.${openid} <> '' AND NOT (${notEnded('u')})`,
  };

  /** Another openid replaces the one that the account had, and brings its own unionid or none. */
  const link: Statement = {
    name: `platform_identity.link_${type}`,
    text: `
      WITH before AS (
        SELECT p.${openid} AS openid FROM sxo_user_platform p
        WHERE p.user_id = $5 AND ${isHere}
      ), linked AS (
        INSERT INTO sxo_user_platform AS p
          (system_type, platform, ${openid}, ${unionid === undefined ? '' : `${unionid}, `}user_id)
        SELECT $1, $2, $3, ${unionid === undefined ? '' : '$4, '}$5::bigint WHERE $4::text IS NOT NULL
        ON CONFLICT ON CONSTRAINT uq_user_platform DO UPDATE SET
          ${
            unionid === undefined
              ? ''
              : `${unionid} = CASE
                  WHEN excluded.${unionid} = '' AND p.${openid} = excluded.${openid} THEN p.${unionid}
                  ELSE excluded.${unionid} END,`
          }
          ${openid} = excluded.${openid},
          upd_time = now()
        RETURNING p.user_id, ${changesSql([
          {
            name: 'platform_identity',
            before: `coalesce((SELECT openid FROM before), '')`,
            after: `p.${openid}`,
            shown: masked,
          },
        ])} AS changes
      )
      ${recordSql('linked', 6)}`,
  };
  return { openid, find, release, link } as const;
}

const STATEMENTS = Object.fromEntries(
  MINI_PROGRAM_TYPES.map((type) => [type, statementsOf(type)]),
) as Record<MiniProgramType, ReturnType<typeof statementsOf>>;

/** An account that a platform identity leads to. */
export interface IdentityOwner {
  readonly userId: string;
  /** Whether it stands with the account as the platform has just told it. */
  readonly isLinked: boolean;
}

/** Finds and links the platform identities of accounts that have not ended. */
@Injectable()
export class PlatformIdentityRepository {
  constructor(private readonly database: Database) {}

  /**
   * Keeps everybody else from finding or linking the identity until the transaction ends.
   *
   * @throws Error outside of a transaction
   */
  async hold({ clientType, openid, unionid }: PlatformIdentity): Promise<void> {
    this.database.requireTransaction('Holding an identity');
    const names = [`${clientType}:openid:${openid}`];
    if (unionid !== '') names.push(`${clientType}:unionid:${unionid}`);
    await this.database.run(HOLD, [names]);
  }

  /** Whose the identity is: by its openid, or else by a unionid that its platform has told. */
  async find(identity: PlatformIdentity): Promise<IdentityOwner | undefined> {
    const { find } = STATEMENTS[identity.clientType];
    const [row] = await this.database.run<{ user_id: string; is_linked: boolean }>(find, [
      ...valuesOf(identity),
    ]);
    return row && { userId: row.user_id, isLinked: row.is_linked };
  }

  /** Gives the identity to an account, for the identity's client; it must be held and nobody else's. */
  async link(userId: string, identity: PlatformIdentity, origin: Origin): Promise<void> {
    const { release, link } = STATEMENTS[identity.clientType];
    await this.database.run(release, [identity.openid]);
    const audit = auditValues('platform.linked', origin);
    await this.database.run(link, [...valuesOf(identity), userId, ...audit]);
  }

  /** Whether an account has the identity of this client. */
  async has(
    userId: string,
    { clientType, systemType, openid }: Omit<PlatformIdentity, 'unionid'>,
  ): Promise<boolean> {
    return this.database.repository(UserPlatform).existsBy({
      user_id: userId,
      system_type: systemType,
      platform: clientType,
      [STATEMENTS[clientType].openid]: openid,
    });
  }
}

const valuesOf = ({ systemType, clientType, openid, unionid }: PlatformIdentity) =>
  [systemType, clientType, openid, unionid] as const;
