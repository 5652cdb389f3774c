import type { PoolClient } from 'pg';
import { DatabaseUnavailableException, isDatabaseUnavailable } from './database-errors.js';
import type { TimeBudget } from './time-budget.js';

export const ignore = (): void => undefined;

export const spending = <Result>(
  budget: TimeBudget | undefined,
  work: () => Promise<Result>,
): Promise<Result> => (budget ? budget.spend(work) : work());

/**
 * Milliseconds, more than none.
 *
 * @throws DatabaseUnavailableException when there are none
 */
export function timeLeft(budget: TimeBudget | undefined): number {
  const left = budget?.leftMs ?? Infinity;
  if (left > 0) return left;
  throw new DatabaseUnavailableException(
    new Error("the request's time for the database is used up"),
  );
}

/** @param failed does not give it to anyone any more */
export function giveBack(client: PoolClient, failed?: Error | true): void {
  client.release(failed);
  client.off('error', ignore);
}

/**
 * A connection within so many milliseconds. One that comes later goes back to the pool.
 *
 * @throws DatabaseUnavailableException
 */
export async function within(ms: number, connecting: Promise<PoolClient>): Promise<PoolClient> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DatabaseUnavailableException(new Error('no connection was free in time')));
      connecting.then((client) => client.release(), ignore);
    }, ms);
  });
  try {
    return await Promise.race([connecting, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws DatabaseUnavailableException where the error speaks of the server, else the error itself */
export async function answered<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailableException(error) : error;
  }
}
