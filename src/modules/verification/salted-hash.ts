import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** A secret as it is stored. */
export interface SaltedHash {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** HMAC-SHA256 of a text under a salt. */
export const hashWith = (salt: Buffer, text: string): Buffer =>
  createHmac('sha256', salt).update(text).digest();

/**
 * HMAC-SHA256 under a salt of the row's own.
 *
 * A code has 10^4 to 10^8 values: whoever gets hold of a row tries them all in no time, salt or not. What
 * bounds a leak is that a code lives ten minutes and works once. The hash keeps codes from being
 * read off backups, replicas and logged statements, and the salt keeps one computed table from
 * serving every row.
 */
export function saltAndHash(secret: string): SaltedHash {
  const salt = randomBytes(SALT_BYTES);
  return { salt, hash: hashWith(salt, secret) };
}

/** A stored secret that nothing matches, and that looks like any other. */
export const unmatchableHash = (): SaltedHash => ({
  salt: randomBytes(SALT_BYTES),
  hash: randomBytes(HASH_BYTES),
});

/** Whether it is the hash of this secret; takes the same time wherever the two differ. */
export const matches = ({ salt, hash }: SaltedHash, secret: string): boolean =>
  timingSafeEqual(hash, hashWith(salt, secret));
