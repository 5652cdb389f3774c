/**
 * Keeps the failures of each key in a sliding window, for all instances. A try takes its place among them
 * before it is checked and gives it back where it was no failure, so that tries at the same time get no more
 * checks than tries one after another.
 *
 * rate-limiter-flexible has neither sliding windows nor places: a point that is given back there may belong to
 * the next window. A key has 32 bytes.
 */
export interface AttemptStore {
  /**
   * Takes a place, atomically.
   *
   * @returns the place; undefined where the key has `limit` failures in the window
   */
  take(key: Buffer, limit: number, windowSeconds: number): Promise<string | undefined>;

  /** Seconds until each of the key's failures leaves the window, the latest failure first. */
  waits(key: Buffer, windowSeconds: number): Promise<number[]>;

  /** Gives one place back. */
  giveBack(key: Buffer, place: string): Promise<void>;

  /** Forgets the key's failures. */
  clear(key: Buffer): Promise<void>;
}

/** The injection token of the store. */
export const ATTEMPT_STORE = Symbol('ATTEMPT_STORE');
