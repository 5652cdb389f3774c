import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisAttemptStore } from '../src/modules/attempt/redis-attempt-store.js';

const url = process.env.TEST_REDIS_URL;
if (url === undefined) throw new Error('TEST_REDIS_URL is not set');

let store: RedisAttemptStore;
let key: Buffer;

beforeAll(() => {
  store = new RedisAttemptStore(url);
});

afterAll(() => {
  store.onApplicationShutdown();
});

beforeEach(() => {
  key = randomBytes(32);
});

it('gives as many places as the limit, however many ask at once', async () => {
  const taken = await Promise.all(Array.from({ length: 100 }, () => store.take(key, 5, 60)));
  const places = taken.flatMap(({ place }) => place ?? []);
  expect(new Set(places).size).toBe(5);
  const waits = taken.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  expect(waits).toHaveLength(95);
  for (const seconds of waits) {
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  }
});

it('has a place again for one that was given back', async () => {
  const [first] = [await store.take(key, 2, 60), await store.take(key, 2, 60)];
  expect((await store.take(key, 2, 60)).place).toBeUndefined();
  await store.giveBack(key, first.place!);
  expect((await store.take(key, 2, 60)).place).toEqual(expect.any(String));
  expect((await store.take(key, 2, 60)).place).toBeUndefined();
});

it('forgets a key that is cleared, and no other', async () => {
  const other = randomBytes(32);
  await store.take(key, 1, 60);
  await store.take(other, 1, 60);
  await store.clear(key);
  expect((await store.take(key, 1, 60)).place).toEqual(expect.any(String));
  expect((await store.take(other, 1, 60)).place).toBeUndefined();
});

it('has places again when the window has passed', async () => {
  await store.take(key, 1, 1);
  expect(await store.take(key, 1, 1)).toEqual({ retryAfterSeconds: 1 });
  await sleep(1_100);
  expect((await store.take(key, 1, 1)).place).toEqual(expect.any(String));
});

it('says so where Redis does not answer', async () => {
  const nowhere = new RedisAttemptStore('redis://127.0.0.1:1');
  await expect(nowhere.take(key, 1, 60)).rejects.toThrow('Redis does not answer');
  nowhere.onApplicationShutdown();
});
