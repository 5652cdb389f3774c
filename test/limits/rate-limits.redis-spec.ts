import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { REDIS } from '../../src/redis/redis.module.js';
import type { RedisConnection } from '../../src/redis/redis-connection.js';
import { createUser } from '../support/accounts.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { eventually, RedisServer } from '../support/redis-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LIMIT = 5;

/** Longer than a shared machine stalls, and shorter than the test of a Redis that hangs. */
const TIMEOUT_MS = '2000';

let server: RedisServer;
let first: TestApp;
let second: TestApp;
let token: string;
const warnings: string[] = [];

const save = async ({ http }: TestApp): Promise<number> => {
  const { body } = await http
    .post('/personal/save')
    .set('Authorization', `Bearer ${token}`)
    .send({ nickname: 'name' });
  return body.code as number;
};

/** The codes of saves one after another, in turn at each application. */
async function saves(times: number, apps: TestApp[]): Promise<number[]> {
  const codes: number[] = [];
  for (let index = 0; index < times; index += 1) {
    codes.push(await save(apps[index % apps.length]!));
  }
  return codes;
}

const connectionOf = ({ app }: TestApp): RedisConnection => app.get<RedisConnection>(REDIS);

const login = async ({ http }: TestApp): Promise<number> => {
  const credentials = { type: 'username', accounts: 'nobody', pwd: 'wrong' };
  return (await http.post('/user/login').send(credentials)).body.code as number;
};

beforeAll(async () => {
  server = await RedisServer.start();
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((message: unknown) => {
    const { msg } = message as { msg?: string };
    warnings.push(msg ?? String(message));
  });
  const settings = {
    ...CHEAP_HASHING,
    REDIS_URL: server.url,
    REDIS_TIMEOUT_MS: TIMEOUT_MS,
    RATE_LIMIT_USER_WRITES: String(LIMIT),
  };
  first = await startTestApp(settings);
  second = await startTestApp({ ...settings, DATABASE_URL: first.databaseUrl });
});

afterAll(async () => {
  await first.close();
  await second.close();
  await server.stop();
});

beforeEach(async () => {
  ({ token } = await createUser(first.db));
  warnings.length = 0;
});

it('counts together with every other instance', async () => {
  expect(await saves(LIMIT, [first, second])).toEqual(Array(LIMIT).fill(0));
  expect([await save(first), await save(second)]).toEqual([-429, -429]);
  expect(connectionOf(first)).toMatchObject({ answers: true, fallbacks: 0 });
});

it('lets through as many as the limit, however many ask at once', async () => {
  const codes = await Promise.all(
    Array.from({ length: 4 * LIMIT }, (_, index) => save(index % 2 === 0 ? first : second)),
  );
  expect(codes.filter((code) => code === 0)).toHaveLength(LIMIT);
});

it('counts alone while Redis is stopped, says so once, and together when it is back', async () => {
  await server.stop();
  await eventually(() => !connectionOf(first).answers && !connectionOf(second).answers);
  const before = connectionOf(first).fallbacks;
  expect(await saves(LIMIT + 1, [first])).toEqual([...Array<number>(LIMIT).fill(0), -429]);
  expect(connectionOf(first).fallbacks).toBe(before + LIMIT + 1);
  expect(await save(second)).toBe(0);
  expect(await login(first)).toBe(-4);
  expect((await first.db.query('SELECT FROM sxo_attempt')).rowCount).toBeGreaterThan(0);

  await server.start();
  await eventually(() => connectionOf(first).answers && connectionOf(second).answers);
  ({ token } = await createUser(first.db));
  const { fallbacks } = connectionOf(first);
  expect(await saves(LIMIT, [first, second])).toEqual(Array(LIMIT).fill(0));
  expect([await save(first), await save(second)]).toEqual([-429, -429]);
  expect(connectionOf(first).fallbacks).toBe(fallbacks);
  // Two applications.
  const ofRedis = warnings.filter((warning) => warning.startsWith('Redis'));
  expect(ofRedis).toEqual(['Redis is away', 'Redis is away', 'Redis is back', 'Redis is back']);
});

it('goes on while Redis hangs, and waits for it no more than once', async () => {
  const redis = connectionOf(first);
  const asked = jest.spyOn(redis.client, 'sendCommand');
  server.freeze();
  expect(await save(first)).toBe(0);
  expect(redis.answers).toBe(false);
  const commands = asked.mock.calls.length;
  // Frozen, so that a connection tried anew does not count as asking.
  expect(await saves(LIMIT, [first])).toEqual([...Array<number>(LIMIT - 1).fill(0), -429]);
  const names = asked.mock.calls.slice(commands).map(([command]) => command.name);
  expect(names).not.toContain('evalsha');
  server.thaw();
  await eventually(() => redis.answers);
  ({ token } = await createUser(first.db));
  expect(await saves(LIMIT + 1, [first, second])).toEqual([...Array<number>(LIMIT).fill(0), -429]);
});

it('goes on while Redis takes no writes', async () => {
  const redis = connectionOf(first);
  await redis.client.config('SET', 'maxmemory', '1');
  expect(await saves(LIMIT + 1, [first])).toEqual([...Array<number>(LIMIT).fill(0), -429]);
  expect(redis.answers).toBe(false);
  expect(warnings.filter((one) => one === 'Redis is back')).toEqual([]);
});
