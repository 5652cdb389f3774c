import { availableParallelism } from 'node:os';
import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** Code points of the longest password that may be set. */
export const PASSWORD_MAX_LENGTH = 72;

/**
 * What passwords must be and what guessing one costs. The defaults are OWASP's for argon2id
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html).
 */
export class PasswordSettings {
  /** Code points of the shortest password that may be set; login judges no length. */
  @FromEnv('PASSWORD_MIN_LENGTH', `a length from 6 to ${PASSWORD_MAX_LENGTH}`, parseInteger)
  @IsInt()
  @Min(6)
  @Max(PASSWORD_MAX_LENGTH)
  readonly minLength: number = 8;

  /** Memory of one hash, in KiB. */
  @FromEnv('ARGON2_MEMORY_KIB', 'KiB from 8192 to 1048576', parseInteger)
  @IsInt()
  @Min(8_192)
  @Max(1_048_576)
  readonly memoryKib: number = 19_456;

  /** Passes over that memory. */
  @FromEnv('ARGON2_PASSES', 'a number of passes from 1 to 20', parseInteger)
  @IsInt()
  @Min(1)
  @Max(20)
  readonly passes: number = 2;

  @FromEnv('ARGON2_PARALLELISM', 'a number of lanes from 1 to 16', parseInteger)
  @IsInt()
  @Min(1)
  @Max(16)
  readonly parallelism: number = 1;

  /**
   * Hashes computed at the same time, which bounds their memory. One processor and one of Node's
   * four worker threads are left to everything else.
   */
  @FromEnv('PASSWORD_HASH_CONCURRENCY', 'a number of hashes from 1 to 64', parseInteger)
  @IsInt()
  @Min(1)
  @Max(64)
  readonly hashConcurrency: number = Math.min(3, Math.max(1, availableParallelism() - 1));

  /**
   * Hashes that may wait for their turn, of all clients together. The last one waits for about 20 ms
   * times this, divided by {@link hashConcurrency}.
   */
  @FromEnv('PASSWORD_HASH_QUEUE', 'a number of hashes from 10 to 10000', parseInteger)
  @IsInt()
  @Min(10)
  @Max(10_000)
  readonly hashQueue: number = 200;
}
