import { Redis } from 'ioredis';
import { SHARED_TRIES_A_DAY } from '../../src/modules/verification/code-tries.service.js';
import { startCodeChannels } from '../support/code-channels.js';
import { codesOf, count } from '../support/outcome.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const url = process.env.TEST_REDIS_URL;
if (url === undefined) throw new Error('TEST_REDIS_URL is not set');

let test: TestApp;

const login = (accounts: string) =>
  test.http.post('/user/login').send({ type: 'username', accounts, pwd: 'wrong' });

beforeAll(async () => {
  const redis = new Redis(url);
  const keys = await redis.keys('nest-shopxo:attempt:*');
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
  test = await startTestApp({ ...CHEAP_HASHING, REDIS_URL: url, REDIS_TIMEOUT_MS: '10000' });
});

afterAll(async () => {
  await test.close();
});

it('counts failures in Redis, and leaves the table empty', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => login('nobody')));
  const codes = answers.map(({ body }) => body.code as number);
  expect(codes.filter((code) => code === -4)).toHaveLength(5);
  expect(codes.filter((code) => code === -429)).toHaveLength(15);
  const refused = answers.find(({ status }) => status === 429)!;
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await test.db.query('SELECT FROM sxo_attempt')).rowCount).toBe(0);
});

it("counts strangers' wrong codes in Redis, two hundred at once", async () => {
  const channels = await startCodeChannels();
  const codes = await startTestApp({
    ...CHEAP_HASHING,
    ...channels.env,
    TRUST_PROXY: '1',
    DATABASE_URL: test.databaseUrl,
    REDIS_URL: url,
    REDIS_TIMEOUT_MS: '10000',
  });
  const contact = { type: 'sms', accounts: '13800138000' };
  expect((await codes.http.post('/user/loginverifysend').send(contact)).body.code).toBe(0);
  const answers = await codesOf(
    Array.from({ length: 200 }, (_, index) =>
      codes.http
        .post('/user/login')
        .set('X-Forwarded-For', `203.0.113.${index}`)
        .send({ ...contact, verify: 'no code' }),
    ),
  );
  await codes.close();
  await channels.close();
  expect(count(answers, -11)).toBe(SHARED_TRIES_A_DAY);
  expect(count(answers, -429)).toBe(200 - SHARED_TRIES_A_DAY);
  expect((await test.db.query('SELECT FROM sxo_attempt')).rowCount).toBe(0);
});

it('counts them in the table while Redis is away', async () => {
  const away = await startTestApp({
    ...CHEAP_HASHING,
    DATABASE_URL: test.databaseUrl,
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  const codes: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const { body } = await away.http
      .post('/user/login')
      .send({ type: 'username', accounts: 'someone else', pwd: 'wrong' });
    codes.push(body.code as number);
  }
  await away.close();
  expect(codes).toEqual([-4, -4, -4, -4, -4, -429]);
  expect((await test.db.query('SELECT FROM sxo_attempt')).rowCount).toBeGreaterThan(0);
});
