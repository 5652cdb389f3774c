import { createHash } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { createUser, forgetAccounts, rowOf } from '../support/accounts.js';
import { lockAwaited } from '../support/database-locks.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const WRONG = { msg: '账号或密码错误', code: -4, data: [] };

let test: TestApp;
let pwd: string;

const login = (parameters: object, query = '') =>
  test.http.post(`/user/login${query}`).send({ type: 'username', pwd: PASSWORD, ...parameters });

beforeAll(async () => {
  test = await startTestApp(CHEAP_HASHING);
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  await forgetAccounts(test.db);
});

it('opens a session of the system and client type of the request; others go on', async () => {
  const user = await createUser(test.db, { username: 'Someone', pwd });
  const { body } = await login(
    { accounts: 'Someone' },
    '?application=app&application_client_type=weixin&system_type=mall',
  );
  expect(body).toMatchObject({
    msg: '登录成功',
    code: 0,
    data: { id: user.id, system_type: 'mall', is_mandatory_bind_mobile: 0 },
  });
  // The seed's 41, is_mandatory_bind_mobile, and is_setup_pwd, which the app gets.
  expect(Object.keys(body.data as object)).toHaveLength(43);
  expect(body.data.token).not.toBe(user.token);
  for (const token of [user.token, body.data.token as string]) {
    const { body: info } = await test.http.get(`/user/tokenuserinfo?token=${token}`);
    expect(info).toMatchObject({ msg: 'success', code: 0, data: { id: user.id, token } });
  }
});

it.each(['Someone', 'SOMEONE', '13800138000', 'Some@Example.com', 'some@example.COM'])(
  'knows the account as %s',
  async (accounts) => {
    const user = await createUser(test.db, {
      username: 'Someone',
      mobile: '13800138000',
      email: 'some@example.com',
      pwd,
    });
    expect((await login({ accounts })).body).toMatchObject({ code: 0, data: { id: user.id } });
  },
);

it.each(['\u212aim_smith', 'ｋim_smith', 'kim_smıth', 'KİM_SMITH'])(
  'takes no character for another: %s',
  async (accounts) => {
    await createUser(test.db, { username: 'kim_smith', pwd });
    expect((await login({ accounts })).body).toEqual(WRONG);
  },
);

it('prefers the owner of a mobile number to whoever has it as a user name', async () => {
  await createUser(test.db, { username: '13800138000', pwd: 'x' });
  const owner = await createUser(test.db, { mobile: '13800138000', pwd });
  const { body } = await login({ accounts: '13800138000' });
  expect(body).toMatchObject({ code: 0, data: { id: owner.id } });
});

it('answers unknown accounts and wrong passwords alike, to the byte', async () => {
  await createUser(test.db, { username: 'someone', pwd });
  await createUser(test.db, { username: 'nopassword' });
  await createUser(test.db, { username: 'unreadable', pwd: '$argon2id$v=19$m=8192' });
  await createUser(test.db, { username: 'deleted', pwd, is_delete_time: new Date() });
  await createUser(test.db, { username: 'closed', pwd, is_logout_time: new Date() });
  await createUser(test.db, { username: 'banned', pwd, status: 2 });
  await createUser(test.db, { username: 'pending', pwd, status: 3 });
  const attempts: object[] = [
    { accounts: 'someone', pwd: 'wrong' },
    { accounts: 'someone', pwd: `${PASSWORD} ` },
    { accounts: 'nobody' },
    { accounts: 'nopassword', pwd: ' ' },
    { accounts: 'unreadable' },
    { accounts: 'deleted' },
    { accounts: 'closed' },
    { accounts: 'banned', pwd: 'wrong' },
    { accounts: 'pending', pwd: 'wrong' },
    { accounts: 'some\0one' },
    { accounts: 'some one' },
    { accounts: '\ud800' },
    { accounts: 'x'.repeat(254) },
    { accounts: 'someone', pwd: 'x'.repeat(256) },
    { accounts: "' OR 1=1 --" },
  ];
  for (const attempt of attempts) {
    const { status, text } = await login(attempt);
    expect({ attempt, status, text }).toEqual({
      attempt,
      status: 200,
      text: JSON.stringify(WRONG),
    });
  }
  const sessions = await test.db.query('SELECT FROM sxo_user_session');
  expect(sessions.rowCount).toBe(7);
});

it.each([
  [2, '账号已被禁止登录'],
  [3, '账号待审核'],
])('tells the status %d to who knows the password, and opens no session', async (status, msg) => {
  const { id } = await createUser(test.db, { username: 'someone', pwd, status });
  expect((await login({ accounts: 'someone' })).body).toEqual({ msg, code: -110, data: [] });
  const { rowCount } = await test.db.query('SELECT FROM sxo_user_session WHERE user_id = $1', [id]);
  expect(rowCount).toBe(1);
});

it.each([
  ['type', { type: undefined }],
  ['type', { type: 'sms' }],
  ['type', { type: 'email' }],
  ['type', { type: 1 }],
  ['accounts', { accounts: undefined }],
  ['accounts', { accounts: '' }],
  ['accounts', { accounts: ['someone'] }],
  ['accounts', { accounts: 'x'.repeat(255) }],
  ['accounts', { accounts: ' '.repeat(90_000) }],
  ['pwd', { pwd: undefined }],
  ['pwd', { pwd: '' }],
  ['pwd', { pwd: null }],
  ['pwd', { pwd: [PASSWORD] }],
  ['pwd', { pwd: 'x'.repeat(257) }],
  ['pwd', { pwd: `x${' '.repeat(90_000)}x` }],
  ['verify', { verify: 'x'.repeat(17) }],
])('names the parameter %s that is missing or wrong: %j', async (field, parameters) => {
  await createUser(test.db, { username: 'someone', pwd });
  const { status, body } = await login({ accounts: 'someone', ...parameters });
  expect(status).toBe(200);
  expect(body).toMatchObject({ code: -1, msg: expect.stringContaining(`（${field}）`), data: [] });
});

it('lets twenty right passwords at once in', async () => {
  await createUser(test.db, { username: 'someone', pwd });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => login({ accounts: 'someone' })),
  );
  expect(answers.map(({ body }) => body.code)).toEqual(Array<number>(20).fill(0));
});

describe('a stored password that is out of date', () => {
  const salt = '123456';
  const md5 = createHash('md5')
    .update(salt + PASSWORD)
    .digest('hex');

  it("is replaced at the first good login where it is ShopXO's, and at no bad one", async () => {
    const { id } = await createUser(test.db, { username: 'someone', pwd: md5, salt });
    expect((await login({ accounts: 'someone', pwd: 'wrong' })).body).toEqual(WRONG);
    expect((await login({ accounts: 'someone', pwd: md5 })).body).toEqual(WRONG);
    expect(await rowOf(test.db, id)).toMatchObject({ pwd: md5, salt, upd_time: null });
    expect((await login({ accounts: 'someone' })).body.code).toBe(0);
    const { pwd: renewed, ...row } = await rowOf(test.db, id);
    expect(row).toMatchObject({ salt: '', upd_time: null });
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=8192,t=1,p=1\$/);
    expect((await login({ accounts: 'someone' })).body.code).toBe(0);
    expect((await login({ accounts: 'someone', pwd: 'wrong' })).body).toEqual(WRONG);
    expect((await rowOf(test.db, id)).pwd).toBe(renewed);
  });

  it('is replaced where the parameters were others', async () => {
    const old = await hash(PASSWORD, { memoryCost: 9_000, timeCost: 2 });
    const { id } = await createUser(test.db, { username: 'someone', pwd: old });
    expect((await login({ accounts: 'someone' })).body.code).toBe(0);
    expect((await rowOf(test.db, id)).pwd).toMatch(/^\$argon2id\$v=19\$m=8192,t=1,p=1\$/);
  });

  it('lets all of several first logins at once in', async () => {
    await createUser(test.db, { username: 'someone', pwd: md5, salt });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => login({ accounts: 'someone' })),
    );
    expect(answers.map(({ body }) => body.code)).toEqual(Array<number>(10).fill(0));
  });
});

it('opens no session for a password that is changed while it is checked', async () => {
  const { id } = await createUser(test.db, { username: 'someone', pwd });
  const other = await test.db.connect();
  await other.query('BEGIN');
  await other.query(`UPDATE sxo_user SET pwd = 'changed' WHERE id = $1`, [id]);
  const pending = login({ accounts: 'someone' }).then((response) => response);
  await lockAwaited(test.db);
  await other.query('COMMIT');
  other.release();
  expect((await pending).body).toEqual(WRONG);
  const { rowCount } = await test.db.query('SELECT FROM sxo_user_session WHERE user_id = $1', [id]);
  expect(rowCount).toBe(1);
});

describe('user/tokenuserinfo', () => {
  it.each(['', '?token=', '?token=x', `?token=${'0'.repeat(32)}`])(
    'answers -1 without a good token: %j',
    async (query) => {
      for (const method of ['get', 'post'] as const) {
        const { status, body } = await test.http[method](`/user/tokenuserinfo${query}`);
        expect({ status, body }).toMatchObject({
          status: 200,
          body: { code: -1, msg: expect.stringContaining('token'), data: [] },
        });
      }
    },
  );

  it("answers -1 for a banned account's token", async () => {
    const { token } = await createUser(test.db, { status: 2 });
    expect((await test.http.get(`/user/tokenuserinfo?token=${token}`)).body.code).toBe(-1);
  });
});
