import { randomInt } from 'node:crypto';
import type { StoredPassword } from './password-hasher.js';

/** Letters and digits that are told apart when read aloud. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

const GROUPS = 4;
const GROUP_LENGTH = 4;

const STORED = /^once:(\d{1,12}):(\$argon2id\$.*)$/;

/** A password for one login, with its last second. */
interface OneTimePassword {
  readonly hash: string;
  /** Epoch seconds. */
  readonly until: number;
}

/** A random password of 79 bits, e.g. `k7mq-x2hd-9vtn-w4rp`. */
export function drawOneTimePassword(): string {
  const draw = (): string => ALPHABET.charAt(randomInt(ALPHABET.length));
  const group = (): string => Array.from({ length: GROUP_LENGTH }, draw).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/**
 * The form in which a one-time password is stored: `once:<epoch seconds>:<hash>`. Whatever replaces the
 * stored password ends it, and a version of the service that does not know the form lets nobody in.
 */
export const toStoredOneTime = ({ hash, until }: OneTimePassword): string =>
  `once:${until}:${hash}`;

/** @returns undefined where the stored password is no one-time password */
export function readOneTime({ pwd }: Pick<StoredPassword, 'pwd'>): OneTimePassword | undefined {
  const [, until, hash] = STORED.exec(pwd) ?? [];
  return until === undefined || hash === undefined ? undefined : { hash, until: Number(until) };
}
