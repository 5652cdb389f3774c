import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { hash, type Options, parseOptions, verify } from '@node-rs/argon2';
import { PasswordSettings } from '../../../config/password.settings.js';
import { trimWhere } from '../../../protocol/validation/text.decorators.js';
import { readOneTime } from './one-time-password.js';

/** A password as the account's row keeps it. */
export interface StoredPassword {
  /**
   * An argon2id hash in PHC form, ShopXO's MD5, or a one-time password (one-time-password.ts); empty where
   * the account has none.
   */
  readonly pwd: string;
  /** Of ShopXO's MD5 only. */
  readonly salt: string;
}

const NONE: StoredPassword = { pwd: '', salt: '' };

/** How PHC names what the package makes unless told otherwise. */
const ARGON2ID = '$argon2id$';
const SHOPXO_MD5 = /^[0-9a-f]{32}$/;

const PHP_BLANKS = ' \t\n\r\0\v';

/** PHP's `trim`, which ShopXO applies to passwords before it hashes them. */
const phpTrim = (text: string): string => trimWhere(text, (unit) => PHP_BLANKS.includes(unit));

/**
 * Hashes passwords with argon2id on libuv's threads, off the event loop, and knows ShopXO's
 * `md5(salt + password)` of accounts that were brought over.
 */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private readonly logger = new Logger(PasswordHasher.name);
  private readonly options: Options;
  private dummy = '';

  constructor({ memoryKib, passes, parallelism }: PasswordSettings) {
    this.options = {
      memoryCost: memoryKib,
      timeCost: passes,
      parallelism,
    };
  }

  /** Hashes something that no one knows, to be compared with where there is no hash. */
  async onModuleInit(): Promise<void> {
    this.dummy = await this.hash(randomBytes(32).toString('hex'));
  }

  async hash(password: string): Promise<string> {
    return hash(password, this.options);
  }

  /**
   * Whether the password is the stored one. Every call costs one argon2id, be there no account, no
   * password, an unreadable one or one of ShopXO's, so that time tells nothing of them.
   */
  async matches(password: string, stored: StoredPassword = NONE): Promise<boolean> {
    const phc = argon2Of(stored);
    const matched = phc === undefined ? undefined : await this.matchesArgon2(password, phc);
    if (matched !== undefined) return matched;
    const matchesShopxo = matchesMd5(password, stored);
    await verify(this.dummy, password);
    return matchesShopxo;
  }

  /** @returns undefined, and at once, where the hash cannot be read: nothing matches it */
  private async matchesArgon2(password: string, pwd: string): Promise<boolean | undefined> {
    try {
      return await verify(pwd, password);
    } catch (error) {
      this.logger.warn({ msg: 'a stored password cannot be read', err: error });
      return undefined;
    }
  }

  /**
   * A new hash of a password that matched, where the stored one is ShopXO's or was made with other
   * parameters than today's. Of the password as it was typed, spaces included, for it will be typed
   * like that again.
   */
  async renew(password: string, stored: StoredPassword): Promise<string | undefined> {
    return this.isCurrent(stored) ? undefined : this.hash(password);
  }

  /** Whether a stored password is a hash with today's parameters. Costs nothing. */
  isCurrent(stored: StoredPassword): boolean {
    const { pwd } = stored;
    // It is used up, not renewed.
    if (readOneTime(stored)) return true;
    if (!pwd.startsWith(ARGON2ID)) return false;
    const { memoryCost, timeCost, parallelism } = parseOptions(pwd);
    return (
      memoryCost === this.options.memoryCost &&
      timeCost === this.options.timeCost &&
      parallelism === this.options.parallelism
    );
  }
}

/** The argon2id hash to compare with; undefined where there is none, or a one-time password has expired. */
function argon2Of(stored: StoredPassword): string | undefined {
  const oneTime = readOneTime(stored);
  if (oneTime) return Date.now() < oneTime.until * 1_000 ? oneTime.hash : undefined;
  return stored.pwd.startsWith(ARGON2ID) ? stored.pwd : undefined;
}

function matchesMd5(password: string, { pwd, salt }: StoredPassword): boolean {
  const given = createHash('md5')
    .update(salt + phpTrim(password))
    .digest();
  return SHOPXO_MD5.test(pwd) && timingSafeEqual(given, Buffer.from(pwd, 'hex'));
}
