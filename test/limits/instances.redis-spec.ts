import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import S3rver from 's3rver';
import supertest from 'supertest';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { watchCaptchas } from '../support/captcha-answers.js';
import { codeOf, type MailServer, startMailServer } from '../support/mail-server.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { pathOf, solid, temporaryFolder, upload } from '../support/pictures.js';
import { eventually, RedisServer } from '../support/redis-server.js';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS, PUBLIC_URL, startTestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';

// Two processes start, on a machine that may be busy.
jest.setTimeout(180_000);

const WRITES = 5;
// More than the wrong codes, which count against the same account.
const WRONG_PASSWORDS = 10;
const WRONG_CODES = 5;

const drawn = watchCaptchas();

type Http = ReturnType<typeof supertest>;

let redis: RedisServer;
let mail: MailServer;
let bucket: Awaited<ReturnType<typeof temporaryFolder>>;
let folders: Awaited<ReturnType<typeof temporaryFolder>>[];
let store: S3rver;
let databaseUrl: string;
let db: pg.Pool;
/** What both share: database, Redis, bucket and mail service; each has a folder of its own. */
let settings: Record<string, string>;
let a: Http;
let b: Http;
let user: TestUser;
let email: string;

beforeAll(async () => {
  [redis, mail, bucket, ...folders] = await Promise.all([
    RedisServer.start(),
    startMailServer(),
    temporaryFolder(),
    temporaryFolder(),
    temporaryFolder(),
  ]);
  store = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: bucket.path,
    configureBuckets: [{ name: 'avatars' }],
  });
  const { port }: AddressInfo = await store.run();
  databaseUrl = await freshDatabase();
  db = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  settings = {
    ...CHEAP_HASHING,
    ...NO_LIMITS,
    NODE_ENV: 'production',
    PUBLIC_URL,
    DATABASE_URL: databaseUrl,
    DATABASE_CONNECT_TIMEOUT_MS: '10000',
    DATABASE_STATEMENT_TIMEOUT_MS: '10000',
    REDIS_URL: redis.url,
    REDIS_TIMEOUT_MS: '10000',
    RATE_LIMIT_USER_WRITES: String(WRITES),
    ATTEMPT_ACCOUNT_LIMIT: String(WRONG_PASSWORDS),
    ATTEMPT_ADDRESS_LIMIT: '1000',
    SMTP_URL: mail.url,
    MAIL_FROM: 'shop@example.com',
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
    S3_REGION: 'us-east-1',
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_BUCKET: 'avatars',
    S3_FORCE_PATH_STYLE: 'true',
  };
  const [first, second] = await Promise.all(
    folders.map(({ path }) => ServiceProcess.start({ ...settings, DATA_DIR: path })),
  );
  a = supertest(first!.url);
  b = supertest(second!.url);
});

afterAll(async () => {
  await killServices();
  await Promise.all([db.end(), redis.stop(), mail.close(), store.close()]);
  await Promise.all([bucket, ...folders].map((folder) => folder.remove()));
});

let users = 0;

beforeEach(async () => {
  // What is counted for the one address that all tests ask from.
  await db.query('DELETE FROM sxo_limited_use');
  const counts = new Redis(redis.url);
  await counts.flushall();
  counts.disconnect();
  users += 1;
  email = `user${users}@example.com`;
  const pwd = await storedPassword();
  user = await createUser(db, { username: `user${users}`, email, pwd });
});

const login = async (http: Http, parameters: object) => {
  const { body } = await http.post('/user/login').send(parameters);
  return body as { code: number; data: { token: string } };
};

const byPassword = (http: Http, pwd = PASSWORD) =>
  login(http, { type: 'username', accounts: `user${users}`, pwd });

/** The client that asks for codes and enters them. */
const UUID = 'one-client';

const byCode = (http: Http, verify: string) =>
  login(http, { type: 'email', accounts: email, verify, uuid: UUID });

const read = async (http: Http, token = user.token): Promise<number> =>
  (await http.get(`/personal/index?token=${token}`)).body.code as number;

const save = async (http: Http): Promise<number> => {
  const { body } = await http.post('/personal/save').send({ token: user.token, nickname: 'n' });
  return body.code as number;
};

const sendCode = async (http: Http): Promise<number> => {
  const wire = { type: 'email', accounts: email, uuid: UUID };
  return (await http.post('/user/loginverifysend').send(wire)).body.code as number;
};

/** Has a code sent, and reads it. */
async function codeSentBy(http: Http): Promise<string> {
  expect(await sendCode(http)).toBe(0);
  const find = () => mail.mails.find(({ to }) => to.includes(email));
  await eventually(() => find() !== undefined);
  return codeOf(find()!);
}

describe('what happens at one instance holds at the other at once', () => {
  it('a login, and its revocation', async () => {
    const { code, data } = await byPassword(a);
    expect(code).toBe(0);
    expect(await read(b, data.token)).toBe(0);
    const { body } = await b.post('/user/logout').send({ token: data.token });
    expect(body.code).toBe(0);
    expect(await read(a, data.token)).toBe(-400);
  });

  it('a ban', async () => {
    expect([await read(a), await read(b)]).toEqual([0, 0]);
    await db.query('UPDATE sxo_user SET status = 2 WHERE id = $1', [user.id]);
    expect([await read(a), await read(b)]).toEqual([-400, -400]);
  });

  it('a saved profile', async () => {
    expect(await save(a)).toBe(0);
    const { body } = await b.get(`/personal/index?token=${user.token}`);
    expect(body.data.data.nickname).toBe('n');
    expect(await rowOf(db, user.id)).toMatchObject({ nickname: 'n' });
  });

  it('a code, which is used up everywhere', async () => {
    const code = await codeSentBy(a);
    expect((await byCode(b, code)).code).toBe(0);
    expect((await byCode(a, code)).code).toBe(-10);
  });

  it('that a code was just sent', async () => {
    expect(await sendCode(a)).toBe(0);
    expect(await sendCode(b)).toBe(-429);
  });

  it('wrong codes of who asked for it', async () => {
    const code = await codeSentBy(a);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tried = 0; tried < WRONG_CODES; tried += 1) {
      expect((await byCode(tried % 2 === 0 ? a : b, wrong)).code).toBe(-11);
    }
    expect((await byCode(b, code)).code).toBe(-10);
  });

  it('wrong passwords', async () => {
    for (let tried = 0; tried < WRONG_PASSWORDS; tried += 1) {
      expect((await byPassword(tried % 2 === 0 ? a : b, 'wrong')).code).toBe(-4);
    }
    expect([(await byPassword(a)).code, (await byPassword(b)).code]).toEqual([-429, -429]);
  });

  it('requests that count against a limit', async () => {
    for (let sent = 0; sent < WRITES; sent += 1) expect(await save(sent % 2 ? a : b)).toBe(0);
    expect([await save(a), await save(b)]).toEqual([-429, -429]);
  });

  it('an uploaded picture', async () => {
    const { body } = await upload({ http: a }, user.token, await solid(40, 30).jpeg().toBuffer());
    expect(body.code).toBe(0);
    const served = await b.get(pathOf(String(body.data)));
    expect({ status: served.status, type: served.type }).toEqual({
      status: 200,
      type: 'image/jpeg',
    });
  });

  it('a captcha, and the failures after which it is needed', async () => {
    // In this process, where the test sees what is drawn.
    const strict = { ...settings, LOG_LEVEL: 'silent', CAPTCHA_AFTER_FAILURES: '1' };
    const [first, second] = await Promise.all([startTestApp(strict), startTestApp(strict)]);
    const solve = async (http: Http, verify?: string): Promise<number> =>
      (await login(http, { type: 'username', accounts: `user${users}`, pwd: PASSWORD, verify }))
        .code;
    expect((await byPassword(first.http, 'wrong')).code).toBe(-4);
    expect(await solve(second.http)).toBe(-10);
    await first.http.get('/user/userverifyentry?type=user_login');
    expect(await solve(second.http, drawn.at(-1))).toBe(0);
    await Promise.all([first.close(), second.close()]);
  });
});
