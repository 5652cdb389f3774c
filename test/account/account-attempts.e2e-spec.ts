import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import { AttemptService } from '../../src/protocol/limits/attempt.service.js';
import { createSession, createUser, forgetAccounts, type TestUser } from '../support/accounts.js';
import { dumpTables } from '../support/database-dump.js';
import { codesOf, count } from '../support/outcome.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const WINDOW_SECONDS = 15 * 60;

let test: TestApp;
let pwd: string;
let user: TestUser;

const login = (accounts: string, given: string, address = '203.0.113.1') =>
  test.http
    .post('/user/login')
    .set('X-Forwarded-For', address)
    .send({ type: 'username', accounts, pwd: given });

/** Moves every counted failure into the past. */
const letPass = (seconds: number) =>
  test.db.query(
    `UPDATE sxo_attempt SET
       failures = ARRAY(SELECT f - make_interval(secs => $1) FROM unnest(failures) f ORDER BY f),
       expires_at = expires_at - make_interval(secs => $1)`,
    [seconds],
  );

const failTimes = async (times: number, accounts = 'someone', address?: string) => {
  for (let index = 0; index < times; index += 1) {
    expect((await login(accounts, 'wrong', address)).body.code).toBe(-4);
  }
};

beforeAll(async () => {
  test = await startTestApp({ ...CHEAP_HASHING, TRUST_PROXY: '1' });
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  await forgetAccounts(test.db);
  user = await createUser(test.db, { username: 'someone', mobile: '13800138000', pwd });
});

it('refuses the sixth try for an account, right or wrong, and says how long', async () => {
  await failTimes(5);
  await letPass(60);
  for (const given of ['wrong', PASSWORD]) {
    const { status, headers, body } = await login('someone', given, '203.0.113.2');
    const seconds = Number(headers['retry-after']);
    expect(status).toBe(429);
    expect(body).toEqual({ msg: `操作过于频繁，请 ${seconds} 秒后再试`, code: -429, data: [] });
    expect(seconds).toBeLessThanOrEqual(WINDOW_SECONDS - 60);
    expect(seconds).toBeGreaterThan(WINDOW_SECONDS - 120);
  }
  // What was refused was not counted: the wait does not grow.
  await letPass(WINDOW_SECONDS - 60);
  expect((await login('someone', PASSWORD)).body.code).toBe(0);
});

it('gives an account with several names no more tries, and fails the right password then', async () => {
  await failTimes(3);
  await failTimes(2, '13800138000');
  const answers = [await login('SOMEONE', 'wrong'), await login('SOMEONE', PASSWORD)];
  expect(answers[1]!.text).toBe(answers[0]!.text);
  expect(answers.map(({ body }) => body.code)).toEqual([-4, -4]);
  await letPass(WINDOW_SECONDS);
  expect((await login('SOMEONE', PASSWORD)).body.code).toBe(0);
});

it('tells by no refusal which names are of one account', async () => {
  await failTimes(5, '13800138000');
  expect((await login('13800138000', 'wrong')).body.code).toBe(-429);
  for (const name of ['someone', 'nobody']) {
    await failTimes(5, name);
    expect((await login(name, 'wrong')).body.code).toBe(-429);
  }
});

it('counts failures of the last fifteen minutes, each by itself', async () => {
  await failTimes(2);
  await letPass(10 * 60);
  await failTimes(3);
  expect((await login('someone', PASSWORD)).body.code).toBe(-429);
  await letPass(5 * 60);
  await failTimes(2);
  expect((await login('someone', PASSWORD)).body.code).toBe(-429);
});

it('forgets the failures of an account at a good login', async () => {
  await failTimes(4);
  expect((await login('someone', PASSWORD)).body.code).toBe(0);
  await failTimes(5);
  expect((await login('someone', PASSWORD)).body.code).toBe(-429);
});

it('counts unknown accounts like known ones', async () => {
  await failTimes(5, 'nobody');
  expect((await login('Nobody', 'wrong')).body.code).toBe(-429);
  expect((await login('someone', PASSWORD)).body.code).toBe(0);
});

it('stops a hundred wrong passwords for one account from a hundred addresses at once', async () => {
  const codes = await codesOf(
    Array.from({ length: 100 }, (_, index) => login('someone', 'wrong', `198.51.100.${index}`)),
  );
  expect(count(codes, -4)).toBe(5);
  expect(count(codes, -429)).toBe(95);
  const read = await test.http.get(`/personal/index?token=${user.token}`);
  expect(read.body.code).toBe(0);
  expect((await login('someone', PASSWORD, '203.0.113.9')).body.code).toBe(-429);
  await letPass(WINDOW_SECONDS);
  expect((await login('someone', PASSWORD, '203.0.113.9')).body.code).toBe(0);
});

it.each([
  ['one address', (_: number) => '198.51.100.7'],
  ['one IPv6 network', (index: number) => `2001:db8:1:2:${index.toString(16)}::1`],
])('stops tries at a hundred accounts from %s at once', async (_, address) => {
  const codes = await codesOf(
    Array.from({ length: 100 }, (_, index) => login(`name_${index}`, 'wrong', address(index))),
  );
  expect(count(codes, -4)).toBe(20);
  expect(count(codes, -429)).toBe(80);
  expect((await login('someone', PASSWORD, address(0))).body.code).toBe(-429);
  expect((await login('someone', PASSWORD)).body.code).toBe(0);
  await letPass(WINDOW_SECONDS);
  expect((await login('someone', PASSWORD, address(0))).body.code).toBe(0);
});

it("does not clear the address's failures by a good login from there", async () => {
  for (let index = 0; index < 19; index += 1) {
    await failTimes(1, `name_${index}`);
    expect((await login('someone', PASSWORD)).body.code).toBe(0);
  }
  await failTimes(1, 'last');
  expect((await login('someone', PASSWORD)).body.code).toBe(-429);
});

it('counts for the address no try that was refused for the account', async () => {
  await failTimes(5);
  for (let index = 0; index < 30; index += 1) {
    expect((await login('someone', 'wrong')).body.code).toBe(-429);
  }
  await createUser(test.db, { username: 'colleague', pwd });
  expect((await login('colleague', PASSWORD)).body.code).toBe(0);
});

it('leaves a good session alone, its password included', async () => {
  await failTimes(5);
  const { body } = await test.http.post('/safety/loginpwdupdate').send({
    token: user.token,
    my_pwd: PASSWORD,
    new_pwd: 'another password',
    confirm_new_pwd: 'another password',
  });
  expect(body.code).toBe(0);
});

it.each([
  ['/safety/loginpwdupdate', { new_pwd: 'another one', confirm_new_pwd: 'another one' }, 'my_pwd'],
  ['/safety/logout', {}, 'pwd'],
])('counts the passwords given to %s', async (path, parameters, field) => {
  const attempt = (given: string) =>
    test.http.post(path).send({ token: user.token, ...parameters, [field]: given });
  const codes = await codesOf(Array.from({ length: 20 }, () => attempt('wrong')));
  expect(count(codes, -4)).toBe(5);
  expect(count(codes, -429)).toBe(15);
  const { status, headers, body } = await attempt(PASSWORD);
  expect({ status, code: body.code }).toEqual({ status: 429, code: -429 });
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect((await login('someone', PASSWORD)).body.code).toBe(0);
  await letPass(WINDOW_SECONDS);
  expect((await attempt(PASSWORD)).body.code).toBe(0);
});

describe('the password that a session gives', () => {
  const NEW = 'another password';

  const change = (token: string, given: string, address = '198.51.100.1') =>
    test.http
      .post('/safety/loginpwdupdate')
      .set('X-Forwarded-For', address)
      .send({ token, my_pwd: given, new_pwd: NEW, confirm_new_pwd: NEW });

  const sessions = (number: number): Promise<string[]> =>
    Promise.all(Array.from({ length: number }, () => createSession(test.db, user.id)));

  const exhaust = async (token: string) => {
    for (const expected of [-4, -4, -4, -4, -4, -429]) {
      expect((await change(token, 'wrong')).body.code).toBe(expected);
    }
  };

  it('is counted by session: a thief keeps no owner from changing it', async () => {
    const [thief] = await sessions(1);
    await exhaust(thief!);
    expect((await change(thief!, PASSWORD)).body.code).toBe(-429);
    expect((await change(user.token, PASSWORD)).body.code).toBe(0);
  });

  it('is heard twenty times from two hundred sessions at once, at addresses not known', async () => {
    const thieves = await sessions(200);
    const codes = await codesOf(
      thieves.map((token, index) => change(token, 'wrong', `198.51.100.${index}`)),
    );
    expect(count(codes, -4)).toBe(20);
    expect(count(codes, -429)).toBe(180);
    const { status, headers } = await change(user.token, PASSWORD, '198.51.100.201');
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await letPass(WINDOW_SECONDS);
    expect((await change(user.token, PASSWORD, '198.51.100.201')).body.code).toBe(0);
  });

  it('is heard from the owner at a known address whatever thieves have tried', async () => {
    expect((await login('someone', PASSWORD, '2001:db8:1:2::1')).body.code).toBe(0);
    for (const thief of await sessions(4)) await exhaust(thief);
    const [late] = await sessions(1);
    expect((await change(late!, 'wrong')).body.code).toBe(-429);
    const home = '2001:db8:1:2::9';
    expect((await change(user.token, 'wrong', home)).body.code).toBe(-4);
    expect((await change(user.token, PASSWORD, home)).body.code).toBe(0);
    // The thieves' failures are still counted.
    const [other] = await sessions(1);
    expect((await change(other!, NEW)).body.code).toBe(-429);
  });
});

it('keeps counting in another instance and after a restart', async () => {
  await failTimes(3);
  const other = await startTestApp({ ...CHEAP_HASHING, DATABASE_URL: test.databaseUrl });
  const attempt = (given: string) =>
    other.http.post('/user/login').send({ type: 'username', accounts: 'someone', pwd: given });
  const codes = [await attempt('wrong'), await attempt('wrong'), await attempt(PASSWORD)];
  await other.close();
  expect(codes.map(({ body }) => body.code)).toEqual([-4, -4, -429]);
});

it('takes its limits from the settings', async () => {
  const strict = await startTestApp({
    ...CHEAP_HASHING,
    DATABASE_URL: test.databaseUrl,
    ATTEMPT_ACCOUNT_LIMIT: '1',
    ATTEMPT_ADDRESS_LIMIT: '2',
    ATTEMPT_WINDOW_MINUTES: '1',
  });
  const attempt = (accounts: string) =>
    strict.http.post('/user/login').send({ type: 'username', accounts, pwd: 'wrong' });
  const answers = [];
  for (const name of ['a', 'a', 'b', 'c']) answers.push(await attempt(name));
  await strict.close();
  expect(answers.map(({ body }) => body.code)).toEqual([-4, -429, -4, -429]);
  expect(Number(answers[1]!.headers['retry-after'])).toBeLessThanOrEqual(60);
});

it('counts no try whose check fails by an error', async () => {
  const attempts = test.app.get(AttemptService, { strict: false });
  const subject = { name: 'login:someone', account: `id:${user.id}`, address: '203.0.113.1' };
  const broken = () => Promise.reject(new Error('broken'));
  for (let index = 0; index < 20; index += 1) {
    await expect(attempts.try(subject, broken)).rejects.toThrow('broken');
  }
  await failTimes(4);
  expect((await login('someone', PASSWORD)).body.code).toBe(0);
});

it('makes no try inside a transaction, which could undo the count', async () => {
  const attempts = test.app.get(AttemptService, { strict: false });
  const check = jest.fn(() => Promise.resolve(true));
  const work = test.app
    .get(Database)
    .transaction(() => attempts.try({ name: 'login:someone' }, check));
  await expect(work).rejects.toThrow('Counting an attempt must not be part of a transaction');
  expect(check).not.toHaveBeenCalled();
});

describe('at an address where the owner has logged in', () => {
  const HOME = '2001:db8:1:2::1';
  const SAME_NETWORK = '2001:db8:1:2:ffff::9';
  const STRANGER = '198.51.100.1';

  const enter = async (address: string, given = PASSWORD) =>
    (await login('someone', given, address)).body.code as number;

  beforeEach(async () => {
    expect(await enter(HOME)).toBe(0);
  });

  it('lets the owner in although strangers have exhausted the account', async () => {
    await failTimes(5, 'someone', STRANGER);
    expect(await enter(STRANGER)).toBe(-429);
    expect(await enter('198.51.100.2')).toBe(-429);
    expect(await enter(SAME_NETWORK)).toBe(0);
    expect(await enter(STRANGER)).toBe(-429);
  });

  it('hears as many wrong passwords as elsewhere, by all names together', async () => {
    await failTimes(5, 'someone', STRANGER);
    await failTimes(3, 'someone', HOME);
    await failTimes(2, '13800138000', HOME);
    expect(await enter(HOME)).toBe(-4);
    await failTimes(1, 'someone', HOME);
    expect(await enter(HOME)).toBe(-429);
    await letPass(WINDOW_SECONDS);
    expect(await enter(HOME)).toBe(0);
  });

  it('leaves strangers their tries', async () => {
    await failTimes(5, 'someone', HOME);
    expect(await enter(HOME)).toBe(-429);
    expect(await enter(STRANGER)).toBe(0);
  });

  it('is one for ninety days, and for that account', async () => {
    await createUser(test.db, { username: 'colleague', pwd });
    await failTimes(5, 'someone', STRANGER);
    await failTimes(5, 'colleague', STRANGER);
    expect((await login('colleague', PASSWORD, HOME)).body.code).toBe(-429);
    const age = (days: number) =>
      test.db.query('UPDATE sxo_known_address SET last_time = now() - make_interval(days => $1)', [
        days,
      ]);
    await age(89);
    expect(await enter(HOME)).toBe(0);
    await age(90);
    expect(await enter(HOME)).toBe(-429);
    await letPass(WINDOW_SECONDS);
    expect(await enter(STRANGER)).toBe(0);
    const { rows } = await test.db.query('SELECT user_id FROM sxo_known_address');
    expect(rows).toEqual([{ user_id: user.id }]);
  });

  it('is stored without the address, which stands in the audit trail only', async () => {
    const lines = (await dumpTables(test.db)).split('\n');
    const tables = lines
      .filter((line) => line.includes('2001:db8'))
      .map((line) => line.split(' ')[0]);
    expect([...new Set(tables)]).toEqual(['sxo_user_audit']);
  });
});

it('a flood of logins that the database keeps waiting leaves connections to others', async () => {
  const database = test.app.get(Database);
  const holder = await test.db.connect();
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE sxo_known_address IN ACCESS EXCLUSIVE MODE');
  const flood = Array.from({ length: 150 }, (_, index) =>
    login(`nobody_${index}`, 'wrong', `203.0.113.${index % 50}`),
  );
  const answers = Promise.all(flood);
  while (database.load.total === database.load.idle) await sleep(10);
  await sleep(300);
  const { waiting } = database.load;
  await holder.query('ROLLBACK');
  holder.release();
  await answers;
  expect(waiting).toBe(0);
});
