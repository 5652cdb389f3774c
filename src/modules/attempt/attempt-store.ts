/**
 * Keeps the failures of each key within a sliding window, shared by all instances. A try takes its
 * place before its password is looked at and gives it back where it was no failure, so that tries
 * at once get no more checks than tries one after another. A key has 32 bytes.
 */
export interface AttemptStore {
  /**
   * Takes a place, atomically.
   *
   * @returns the place; undefined where the key has `limit` failures in the window
   */
  take(key: Buffer, limit: number, windowSeconds: number): Promise<string | undefined>;

  /** Seconds until the key has a free place; 0 where it has one. */
  wait(key: Buffer, limit: number, windowSeconds: number): Promise<number>;

  /** Gives one place back. */
  giveBack(key: Buffer, place: string): Promise<void>;

  /** How many failures the key has in the window. */
  count(key: Buffer, windowSeconds: number): Promise<number>;

  /** Forgets the key's failures. */
  clear(key: Buffer): Promise<void>;
}

/** The injection token of the store. */
export const ATTEMPT_STORE = Symbol('ATTEMPT_STORE');
