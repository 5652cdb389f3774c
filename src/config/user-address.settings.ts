import { createHash } from 'node:crypto';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import { FromEnv, parseInteger, parseList } from './env.js';

/** A key for identity-card numbers. */
export interface IdCardKey {
  /** Eight hex digits that tell it from others and nothing about it. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

const HEX = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** @returns null, which no rule accepts, where a key is in neither form */
function parseKeys(text: string): IdCardKey[] | null {
  const keys = parseList(text);
  if (keys.length === 0 || !keys.every((key) => HEX.test(key) || BASE64.test(key))) return null;
  return keys.map((key) => {
    const bytes = Buffer.from(key, HEX.test(key) ? 'hex' : 'base64');
    return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
  });
}

/** Mini-program platforms whose address book ShopXO's client can read. */
const IMPORT_PLATFORMS = ['weixin', 'alipay', 'baidu', 'toutiao', 'qq'];

/** @returns null, which no rule accepts, for anything else */
function parsePlatforms(text: string): string[] | null {
  if (text === 'off') return [];
  const platforms = [...new Set(parseList(text))];
  const known = platforms.every((platform) => IMPORT_PLATFORMS.includes(platform));
  return platforms.length > 0 && known ? platforms : null;
}

/** Delivery addresses: how many, from where, and what seals the identity-card numbers in them. */
export class UserAddressSettings {
  @FromEnv('USER_ADDRESS_LIMIT', 'a number from 1 to 1000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly limit: number = 20;

  /** Clients that offer to import an address from their platform's address book. */
  @FromEnv(
    'USER_ADDRESS_IMPORT_PLATFORMS',
    `off or a comma-separated list of ${IMPORT_PLATFORMS.join(', ')}`,
    parsePlatforms,
  )
  @ValidateBy({ name: 'importPlatforms', validator: { validate: Array.isArray } })
  readonly importPlatforms: readonly string[] = IMPORT_PLATFORMS;

  /**
   * The first seals, every one opens what it has sealed: a new key is put in front of the old one.
   * Without any, no identity-card numbers are taken.
   */
  @FromEnv(
    'ID_CARD_KEY',
    '32 bytes as 64 hex digits or in base64, or a comma-separated list of such keys',
    parseKeys,
  )
  @ValidateBy({ name: 'idCardKeys', validator: { validate: Array.isArray } })
  readonly idCardKeys: readonly IdCardKey[] = [];
}
