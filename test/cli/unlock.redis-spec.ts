import { Redis } from 'ioredis';
import { createUser } from '../support/accounts.js';
import { runCommandHere } from '../support/command.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { freePort } from '../support/postgres-server.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';

const url = process.env.TEST_REDIS_URL;
if (url === undefined) throw new Error('TEST_REDIS_URL is not set');

let test: TestApp;

const login = async (pwd: string): Promise<number> =>
  (await test.http.post('/user/login').send({ type: 'username', accounts: 'someone', pwd })).body
    .code;

beforeAll(async () => {
  const redis = new Redis(url);
  const keys = await redis.keys('nest-shopxo:attempt:*');
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
  test = await startTestApp({ ...CHEAP_HASHING, REDIS_URL: url, REDIS_TIMEOUT_MS: '10000' });
});

afterAll(() => test.close());

it('unlocks an account whose wrong passwords are counted in Redis, and not without it', async () => {
  const { id } = await createUser(test.db, { username: 'someone', pwd: await storedPassword() });
  expect(await login(PASSWORD)).toBe(0);
  for (let n = 0; n < 5; n += 1) expect(await login('wrong')).toBe(-4);
  expect(await login(PASSWORD)).toBe(-429);

  const command = ['user', 'unlock', id, '--by', 'kim'];
  const settings = { ...CHEAP_HASHING, DATABASE_URL: test.databaseUrl };
  const away = { ...settings, REDIS_URL: `redis://127.0.0.1:${await freePort()}` };
  const refused = await runCommandHere(away, command);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('Redis does not answer');
  expect(await login(PASSWORD)).toBe(-429);

  expect(await runCommandHere({ ...settings, REDIS_URL: url }, command)).toMatchObject({ code: 0 });
  expect(await login('wrong')).toBe(-4);
  expect(await login(PASSWORD)).toBe(0);
});
