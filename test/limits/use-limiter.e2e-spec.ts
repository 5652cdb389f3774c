import { jest } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import { UseLimiter } from '../../src/protocol/limits/use-limiter.js';
import { ProtocolException } from '../../src/envelope/protocol.exception.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const RATE = { uses: 3, seconds: 3_600 };

let test: TestApp;
let database: Database;
let limiter: UseLimiter;
let subjects = 0;
let subject: string;

beforeAll(async () => {
  test = await startTestApp();
  database = test.app.get(Database);
  limiter = test.app.get(UseLimiter, { strict: false });
});

afterAll(() => test.close());

beforeEach(() => {
  subjects += 1;
  subject = `test:${subjects}`;
});

/** Seconds to wait; 0 where the use is allowed. */
async function use(): Promise<number> {
  try {
    await limiter.count(subject, RATE);
    return 0;
  } catch (error) {
    if (!(error instanceof ProtocolException)) throw error;
    return Number(error.headers['Retry-After']);
  }
}

const uses = async (times: number): Promise<number[]> => {
  const waits: number[] = [];
  for (let index = 0; index < times; index += 1) waits.push(await use());
  return waits;
};

it('allows as many uses as the rate says, and then says how long to wait', async () => {
  const waits = await uses(5);
  expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
  for (const wait of waits.slice(3)) {
    expect(wait).toBeGreaterThan(RATE.seconds - 60);
    expect(wait).toBeLessThanOrEqual(RATE.seconds);
  }
});

it('allows no more to two hundred at once', async () => {
  const waits = await Promise.all(Array.from({ length: 200 }, use));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(RATE.uses);
});

it('takes one statement, allowed or not', async () => {
  const run = jest.spyOn(database, 'run');
  await uses(5);
  expect(run).toHaveBeenCalledTimes(5);
  run.mockRestore();
});

it('begins a new window when the last is over', async () => {
  await uses(5);
  await test.db.query('UPDATE sxo_limited_use SET expire = 0 WHERE key = $1', [subject]);
  const waits = await uses(4);
  expect(waits.map((wait) => wait > 0)).toEqual([false, false, false, true]);
});

it('forgets a use with the transaction that it is a part of', async () => {
  for (let index = 0; index < 5; index += 1) {
    const work = database.transaction(async () => {
      expect(await use()).toBe(0);
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
  }
  expect(await uses(3)).toEqual([0, 0, 0]);
});
