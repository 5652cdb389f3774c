import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailableException, isStaleStatement, wasUndone } from './database-errors.js';

const TRIES = 3;

/** The longest pause before the second try; twice as long before the third. */
const PAUSE_MS = 20;

/**
 * Does work again that PostgreSQL undid because of others at the same time (serialization failure,
 * deadlock). It pauses for a random while, so that the same ones do not meet again. Work on a connection
 * whose statements are stale is done again at once: it has to end that connection.
 *
 * @param connections of which each may be stale once
 * @throws DatabaseUnavailableException when it was undone three times
 */
export async function repeatWhileUndone<Result>(
  work: () => Promise<Result>,
  connections: number,
): Promise<Result> {
  let undone = 0;
  let stale = 0;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isStaleStatement(error) && stale < connections) {
        stale += 1;
        continue;
      }
      if (!wasUndone(error)) throw error;
      undone += 1;
      if (undone === TRIES) throw new DatabaseUnavailableException(error);
      await sleep(randomInt(PAUSE_MS * undone) + 1);
    }
  }
}
