/** A place among a key's failures, or how long there is none. */
export type Taken =
  | { readonly place: string; readonly retryAfterSeconds?: undefined }
  | { readonly place?: undefined; readonly retryAfterSeconds: number };

/**
 * Keeps the failures of each key within a sliding window, shared by all instances. A try takes its
 * place before its password is looked at and gives it back where it was no failure, so that tries
 * at once get no more checks than tries one after another.
 */
export interface AttemptStore {
  /**
   * Takes a place, atomically; none where the key has `limit` failures in the window.
   *
   * @param key 32 bytes
   */
  take(key: Buffer, limit: number, windowSeconds: number): Promise<Taken>;

  /** Gives one place back. */
  giveBack(key: Buffer, place: string): Promise<void>;

  /** How many failures the key has in the window. */
  count(key: Buffer, windowSeconds: number): Promise<number>;

  /** Forgets the key's failures. */
  clear(key: Buffer): Promise<void>;
}

/** The injection token of the store. */
export const ATTEMPT_STORE = Symbol('ATTEMPT_STORE');
