import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptStore } from '../../src/protocol/limits/attempt-store.js';
import { RedisAttemptStore } from '../../src/protocol/limits/redis-attempt-store.js';
import { RedisConnection } from '../../src/redis/redis-connection.js';

const url = process.env.TEST_REDIS_URL;
if (url === undefined) throw new Error('TEST_REDIS_URL is not set');

/** A shared machine may stall. */
const TIMEOUT_MS = 10_000;

/** Writes down what it is asked. */
class StandIn implements AttemptStore {
  readonly asked: string[] = [];

  take() {
    this.asked.push('take');
    return Promise.resolve('here');
  }

  waits() {
    this.asked.push('waits');
    return Promise.resolve([7, 3]);
  }

  giveBack(_key: Buffer, place: string) {
    this.asked.push(`giveBack ${place}`);
    return Promise.resolve();
  }

  clear() {
    this.asked.push('clear');
    return Promise.resolve();
  }
}

let redis: RedisConnection;
let standIn: StandIn;
let store: RedisAttemptStore;
let key: Buffer;

beforeAll(async () => {
  redis = new RedisConnection(url, TIMEOUT_MS);
  await redis.onModuleInit();
});

afterAll(() => {
  redis.onApplicationShutdown();
});

beforeEach(() => {
  standIn = new StandIn();
  store = new RedisAttemptStore(redis, standIn);
  key = randomBytes(32);
});

afterEach(() => {
  expect(redis.fallbacks).toBe(0);
});

it('gives as many places as the limit, however many ask at once', async () => {
  const taken = await Promise.all(Array.from({ length: 100 }, () => store.take(key, 5, 60)));
  const places = taken.filter((place) => place !== undefined);
  expect(places).toHaveLength(5);
  expect(new Set(places).size).toBe(5);
});

it('says how long each failure counts, the latest first', async () => {
  expect(await store.waits(key, 60)).toEqual([]);
  await store.take(key, 2, 60);
  await sleep(1_100);
  await store.take(key, 2, 60);
  const [latest, first] = (await store.waits(key, 60)) as [number, number];
  expect(latest).toBeLessThanOrEqual(60);
  expect(first).toBeLessThan(latest);
  expect(first).toBeGreaterThan(0);
});

it('has a place again for one that was given back', async () => {
  const first = (await store.take(key, 2, 60))!;
  await store.take(key, 2, 60);
  expect(await store.take(key, 2, 60)).toBeUndefined();
  await store.giveBack(key, first);
  expect(await store.take(key, 2, 60)).toEqual(expect.any(String));
  expect(await store.take(key, 2, 60)).toBeUndefined();
});

it('forgets a key that is cleared, and no other', async () => {
  const other = randomBytes(32);
  await store.take(key, 1, 60);
  await store.take(other, 1, 60);
  await store.clear(key);
  expect(await store.take(key, 1, 60)).toEqual(expect.any(String));
  expect(await store.take(other, 1, 60)).toBeUndefined();
});

it('tells of the failures of a key, those given back not, of the window only', async () => {
  const first = (await store.take(key, 5, 60))!;
  await store.take(key, 5, 60);
  await store.take(randomBytes(32), 5, 60);
  expect(await store.waits(key, 60)).toHaveLength(2);
  await store.giveBack(key, first);
  expect(await store.waits(key, 60)).toHaveLength(1);
  await sleep(1_100);
  expect(await store.waits(key, 1)).toEqual([]);
  expect(await store.waits(key, 60)).toHaveLength(1);
});

it('has places again when the window has passed', async () => {
  await store.take(key, 1, 1);
  expect(await store.take(key, 1, 1)).toBeUndefined();
  await sleep(1_100);
  expect(await store.waits(key, 1)).toEqual([]);
  expect(await store.take(key, 1, 1)).toEqual(expect.any(String));
});

describe('while Redis is away', () => {
  let nowhere: RedisConnection;
  let away: RedisAttemptStore;

  beforeEach(async () => {
    nowhere = new RedisConnection('redis://127.0.0.1:1', TIMEOUT_MS);
    await nowhere.onModuleInit();
    away = new RedisAttemptStore(nowhere, standIn);
  });

  afterEach(() => {
    nowhere.onApplicationShutdown();
  });

  it('asks the store that stands in, and counts that', async () => {
    const place = await away.take(key, 1, 60);
    expect(await away.waits(key, 60)).toEqual([7, 3]);
    await away.giveBack(key, place!);
    await away.clear(key);
    expect(standIn.asked).toEqual(['take', 'waits', 'giveBack here', 'clear']);
    expect(nowhere.fallbacks).toBe(3);
  });

  it('gives a place back to none but the store that gave it', async () => {
    const place = await store.take(key, 1, 60);
    await away.giveBack(key, place!);
    expect(standIn.asked).toEqual([]);
    expect(await store.take(key, 1, 60)).toBeUndefined();

    await store.giveBack(key, 'here');
    expect(standIn.asked).toEqual(['giveBack here']);
  });
});
