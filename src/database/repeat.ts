import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableException, wasUndone } from './database-errors.js';

const TRIES = 3;

/** The longest pause before the second try; twice as long before the third. */
const PAUSE_MS = 20;

/**
 * Does work again that PostgreSQL undid because of others at the same time (serialization failure,
 * deadlock). It pauses for a random while, so that the same ones do not meet again.
 *
 * @throws DatabaseUnavailableException when it was undone three times
 */
export async function repeatWhileUndone<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (!wasUndone(error)) throw error;
      if (tried === TRIES) throw new DatabaseUnavailableException(error);
      await sleep(randomInt(PAUSE_MS * tried) + 1);
    }
  }
}
