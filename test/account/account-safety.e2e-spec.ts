import { jest } from '@jest/globals';
import { PasswordHasher } from '../../src/modules/account/password/password-hasher.js';
import { CodeDelivery } from '../../src/modules/verification/sending/code-delivery.js';
import {
  createSession,
  createUser,
  forgetAccounts,
  rowOf,
  type TestUser,
} from '../support/accounts.js';
import { lockAwaited } from '../support/database-locks.js';
import { dumpTables } from '../support/database-dump.js';
import { codeOf, type MailServer, startMailServer } from '../support/mail-server.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = ' battery staple ';
const NOT_LOGGED_IN = { msg: '登录失效，请重新登录', code: -400, data: [] };

let test: TestApp;
let mail: MailServer;
let pwd: string;
let user: TestUser;
let elsewhere: string;
let stranger: TestUser;

const post = (path: string, parameters: object = {}, token = user.token) =>
  test.http.post(path).send({ token, ...parameters });

const change = (parameters: object = {}) =>
  post('/safety/loginpwdupdate', {
    my_pwd: PASSWORD,
    new_pwd: NEW_PASSWORD,
    confirm_new_pwd: NEW_PASSWORD,
    ...parameters,
  });

const login = (given: string, accounts = 'someone') =>
  test.http.post('/user/login').send({ type: 'username', accounts, pwd: given });

/** Lets a sign-in have opened the session so long ago. */
const signIn = (token: string, ago: string) =>
  test.db.query(
    `UPDATE sxo_user_session SET sign_in_time = now() - $2::interval
     WHERE token_hash = sha256($1::text::bytea)`,
    [token, ago],
  );

const readCode = async (token: string): Promise<number> =>
  (await test.http.get(`/personal/index?token=${token}`)).body.code as number;

beforeAll(async () => {
  mail = await startMailServer();
  test = await startTestApp({
    ...CHEAP_HASHING,
    ATTEMPT_ACCOUNT_LIMIT: '100',
    // So long that no other number is the same by chance.
    VERIFICATION_CODE_LENGTH: '8',
    SMTP_URL: mail.url,
    MAIL_FROM: 'shop@example.com',
  });
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
  await mail.close();
});

beforeEach(async () => {
  await forgetAccounts(test.db);
  user = await createUser(
    test.db,
    { username: 'someone', mobile: '13800138000', email: 'someone@example.com', pwd },
    { sign_in_time: null },
  );
  elsewhere = await createSession(test.db, user.id, { application_client_type: 'ios' });
  stranger = await createUser(test.db, { username: 'stranger', pwd });
});

describe('safety/loginpwdupdate', () => {
  it('changes the password and ends every other session of the account', async () => {
    const { body } = await change({ application: 'app' });
    expect(body).toMatchObject({
      msg: '修改成功',
      code: 0,
      data: { id: user.id, token: user.token, is_setup_pwd: '1' },
    });
    expect((await login(PASSWORD)).body.code).toBe(-4);
    expect((await login(NEW_PASSWORD.trim())).body.code).toBe(-4);
    expect((await login(NEW_PASSWORD)).body.code).toBe(0);
    const codes = [user.token, elsewhere, stranger.token].map(readCode);
    expect(await Promise.all(codes)).toEqual([0, -400, 0]);
  });

  it('sets a password where there is none, after a recent sign-in', async () => {
    await test.db.query(`UPDATE sxo_user SET pwd = '' WHERE id = $1`, [user.id]);
    for (const parameters of [{ my_pwd: undefined }, {}]) {
      expect((await change(parameters)).body).toEqual({
        msg: '请重新登录，并在 10 分钟内再操作',
        code: -1,
        data: [],
      });
    }
    await signIn(user.token, '1 minute');
    const { body } = await change({ my_pwd: undefined, application: 'app' });
    expect(body).toMatchObject({ code: 0, data: { is_setup_pwd: '1' } });
    expect((await login(NEW_PASSWORD)).body.code).toBe(0);
    expect((await change({ my_pwd: undefined })).body.code).toBe(-1);
  });

  it('needs the password, however recent the sign-in', async () => {
    await signIn(user.token, '1 second');
    const { body } = await change({ my_pwd: undefined });
    expect(body).toMatchObject({ code: -1, msg: expect.stringContaining('（my_pwd）') });
  });

  it.each([
    ['my_pwd', -1, { my_pwd: undefined }],
    ['my_pwd', -1, { my_pwd: '' }],
    ['my_pwd', -1, { my_pwd: null }],
    ['my_pwd', -1, { my_pwd: [PASSWORD] }],
    ['my_pwd', -4, { my_pwd: 'wrong' }],
    ['my_pwd', -4, { my_pwd: ` ${PASSWORD}` }],
    ['new_pwd', -1, { new_pwd: undefined }],
    ['new_pwd', -1, { new_pwd: '1234567', confirm_new_pwd: '1234567' }],
    ['new_pwd', -1, { new_pwd: 'x'.repeat(73), confirm_new_pwd: 'x'.repeat(73) }],
    ['new_pwd', -1, { new_pwd: 12345678, confirm_new_pwd: 12345678 }],
    ['confirm_new_pwd', -1, { confirm_new_pwd: undefined }],
    ['confirm_new_pwd', -1, { confirm_new_pwd: NEW_PASSWORD.trim() }],
    ['confirm_new_pwd', -1, { confirm_new_pwd: { a: NEW_PASSWORD } }],
  ])('names %s with %d, and changes nothing: %j', async (field, code, parameters) => {
    const before = await rowOf(test.db, user.id);
    const { status, body } = await change(parameters);
    expect(status).toBe(200);
    expect(body).toMatchObject({ code, msg: expect.stringContaining(`（${field}）`), data: [] });
    expect(await rowOf(test.db, user.id)).toEqual(before);
    expect(await readCode(elsewhere)).toBe(0);
  });

  it('lets one of several changes at once succeed', async () => {
    const passwords = Array.from({ length: 10 }, (_, index) => `password ${index}`);
    const answers = await Promise.all(
      passwords.map((one) => change({ new_pwd: one, confirm_new_pwd: one })),
    );
    const codes = answers.map(({ body }) => body.code as number);
    expect(codes.filter((code) => code === 0)).toHaveLength(1);
    expect(codes.filter((code) => code === -4)).toHaveLength(9);
    expect((await login(passwords[codes.indexOf(0)]!)).body.code).toBe(0);
  });

  it('hashes no new password before the old one is proven', async () => {
    const hashed = jest.spyOn(test.app.get(PasswordHasher, { strict: false }), 'hash');
    expect((await change({ my_pwd: 'wrong' })).body.code).toBe(-4);
    expect(hashed).not.toHaveBeenCalled();
    expect((await change()).body.code).toBe(0);
    expect(hashed).toHaveBeenCalledTimes(1);
    hashed.mockRestore();
  });

  it.each([
    ['is ended', 'DELETE FROM sxo_user_session WHERE user_id = $1'],
    ['ends by a ban', 'UPDATE sxo_user SET status = 2 WHERE id = $1'],
  ])('changes nothing where its own session %s meanwhile', async (_, ending) => {
    const other = await test.db.connect();
    await other.query('BEGIN');
    await other.query('SELECT FROM sxo_user WHERE id = $1 FOR UPDATE', [user.id]);
    const pending = change().then((response) => response);
    await lockAwaited(test.db);
    await other.query(ending, [user.id]);
    await other.query('COMMIT');
    other.release();
    expect((await pending).body).toEqual(NOT_LOGGED_IN);
    expect(await rowOf(test.db, user.id)).toMatchObject({ pwd });
  });

  it('keeps the old password, and every session, where ending the others fails', async () => {
    await test.db.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'refused'; END $$`);
    await test.db.query(`
      CREATE TRIGGER refuse BEFORE DELETE ON sxo_user_session
      FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
    const before = await rowOf(test.db, user.id);
    const { status, body } = await change();
    await test.db.query('DROP FUNCTION refuse CASCADE');
    expect({ status, code: body.code }).toEqual({ status: 500, code: -500 });
    expect(await rowOf(test.db, user.id)).toEqual(before);
    expect(await readCode(elsewhere)).toBe(0);
  });
});

describe('safety/logout', () => {
  it('ends the account and its sessions and frees its names', async () => {
    expect((await login(PASSWORD)).body.code).toBe(0);
    await test.db.query(
      `INSERT INTO sxo_user_platform (user_id, weixin_openid) VALUES ($1, 'mine'), ($2, 'other')`,
      [user.id, stranger.id],
    );
    const { body } = await post('/safety/logout', { pwd: PASSWORD });
    expect(body).toEqual({ msg: '注销成功', code: 0, data: '' });
    expect(await Promise.all([user.token, elsewhere, stranger.token].map(readCode))).toEqual([
      -400, -400, 0,
    ]);
    expect(await rowOf(test.db, user.id)).toMatchObject({
      status: 2,
      is_logout_time: expect.any(Date),
      username: '',
      mobile: '',
      email: '',
      pwd: '',
    });
    const left = await test.db.query(`
      SELECT weixin_openid AS of_whom FROM sxo_user_platform
      UNION ALL SELECT 'address' FROM sxo_known_address`);
    expect(left.rows).toEqual([{ of_whom: 'other' }]);
    expect((await login(PASSWORD)).body.code).toBe(-4);
    expect((await post('/safety/logout', { pwd: PASSWORD })).body).toEqual(NOT_LOGGED_IN);
    const again = await test.http
      .post('/user/reg')
      .send({ type: 'username', accounts: 'SomeOne', pwd: PASSWORD });
    expect(again.body.code).toBe(0);
    expect(again.body.data.id).not.toBe(user.id);
    await createUser(test.db, { mobile: '13800138000', email: 'someone@example.com' });
  });

  const SIGN_IN_AGAIN = '请重新登录，并在 10 分钟内注销账号';

  it.each([
    [-1, {}, SIGN_IN_AGAIN],
    [-1, { pwd: '' }, SIGN_IN_AGAIN],
    [-1, { pwd: null }, '（pwd）'],
    [-1, { pwd: [PASSWORD] }, '（pwd）'],
    [-4, { pwd: 'wrong' }, '（pwd）'],
  ])('needs the password or a recent sign-in: %d for %j', async (code, parameters, msg) => {
    const before = await rowOf(test.db, user.id);
    const { body } = await post('/safety/logout', parameters);
    expect(body).toMatchObject({ code, msg: expect.stringContaining(msg), data: [] });
    expect(await rowOf(test.db, user.id)).toEqual(before);
    expect(await readCode(elsewhere)).toBe(0);
  });

  it('takes a wrong password for no sign-in, however recent', async () => {
    await signIn(user.token, '1 second');
    expect((await post('/safety/logout', { pwd: 'wrong' })).body.code).toBe(-4);
    expect((await post('/safety/logout')).body.code).toBe(0);
  });

  it('needs a recent sign-in where the account has no password, and POST always', async () => {
    await test.db.query(`UPDATE sxo_user SET pwd = '' WHERE id = $1`, [user.id]);
    const forged = await test.http.get(`/safety/logout?token=${user.token}`);
    expect(forged.status).toBe(405);
    for (const pwd of [undefined, PASSWORD]) {
      const { body } = await post('/safety/logout', { pwd });
      expect(body).toMatchObject({ code: -1, msg: expect.stringContaining('请重新登录') });
    }
    await signIn(user.token, '1 second');
    expect((await post('/safety/logout')).body.code).toBe(0);
  });

  it.each([
    ['9 minutes 50 seconds', 0],
    ['10 minutes', -1],
    ['1 day', -1],
  ])('does without the password for ten minutes: a sign-in %s ago', async (ago, code) => {
    await signIn(user.token, ago);
    expect((await post('/safety/logout')).body.code).toBe(code);
    expect(await readCode(elsewhere)).toBe(code === 0 ? -400 : 0);
  });

  it("counts no other session's sign-in, and no use of the own one", async () => {
    await signIn(elsewhere, '1 second');
    await test.db.query(`UPDATE sxo_user_session SET last_time = now() - interval '2 hours'`);
    expect(await readCode(user.token)).toBe(0);
    expect((await test.http.get(`/user/tokenuserinfo?token=${user.token}`)).body.code).toBe(0);
    expect((await post('/safety/logout')).body.code).toBe(-1);
  });

  it('counts a login by password and one by code, and a registration', async () => {
    await post('/user/loginverifysend', { type: 'email', accounts: 'someone@example.com' });
    await test.app.get(CodeDelivery).onApplicationShutdown();
    const verify = codeOf(mail.mails.at(-1)!);
    const byCode = { type: 'email', accounts: 'someone@example.com', verify };
    const fresh = { type: 'username', accounts: 'fresh', pwd: PASSWORD };
    for (const { body } of [
      await login(PASSWORD, 'stranger'),
      await test.http.post('/user/login').send(byCode),
      await test.http.post('/user/reg').send(fresh),
    ]) {
      const { token } = body.data as { token: string };
      expect((await post('/safety/logout', {}, token)).body.code).toBe(0);
    }
  });

  it('is one end by two at once', async () => {
    await signIn(user.token, '1 second');
    const answers = await Promise.all([post('/safety/logout'), post('/safety/logout')]);
    expect(answers.map(({ body }) => body.code as number).toSorted()).toEqual([-400, 0]);
  });
});

it.each([
  ['banned', 'status = 2'],
  ['set to pending', 'status = 3'],
  ['deleted', 'is_delete_time = now()'],
])('knows no session of an account %s at its next request', async (_, ending) => {
  expect(await readCode(elsewhere)).toBe(0);
  await test.db.query(`UPDATE sxo_user SET ${ending} WHERE id = $1`, [user.id]);
  for (const token of [user.token, elsewhere]) {
    for (const path of ['/user/sessions', '/user/logout', '/safety/logout', '/personal/index']) {
      expect((await post(path, { pwd: PASSWORD }, token)).body).toEqual(NOT_LOGGED_IN);
    }
  }
});

it.each([
  ['a ban', 'status = 2', 'status = 0'],
  ['a review', 'status = 3', 'status = 1'],
  ['a deletion', 'is_delete_time = now()', 'is_delete_time = NULL'],
  ['a closing', 'is_logout_time = now()', 'is_logout_time = NULL'],
])('knows no session from before %s after it either', async (_, ending, lifting) => {
  for (const change of [ending, lifting]) {
    await test.db.query(`UPDATE sxo_user SET ${change} WHERE id = $1`, [user.id]);
  }
  expect(await Promise.all([user.token, elsewhere, stranger.token].map(readCode))).toEqual([
    -400, -400, 0,
  ]);
  expect((await login(PASSWORD)).body.code).toBe(0);
});

it('keeps the sessions of who is muted', async () => {
  await test.db.query('UPDATE sxo_user SET status = 1 WHERE id = $1', [user.id]);
  expect(await readCode(user.token)).toBe(0);
});

describe('sessions', () => {
  it('are listed without their tokens, the own one marked', async () => {
    const { body, text } = await post('/user/sessions');
    expect(body).toMatchObject({ msg: 'success', code: 0 });
    const own = { application_client_type: 'pc', is_current: true };
    const other = { application_client_type: 'ios', is_current: false };
    const sessions = body.data as Record<string, unknown>[];
    expect(sessions).toHaveLength(2);
    expect(sessions).toEqual(
      expect.arrayContaining([expect.objectContaining(own), expect.objectContaining(other)]),
    );
    for (const session of sessions) {
      expect(session).toEqual({
        id: expect.stringMatching(/^\d+$/),
        application_client_type: expect.any(String),
        add_time: expect.stringMatching(/^\d{10}$/),
        last_time: expect.stringMatching(/^\d{10}$/),
        is_current: expect.any(Boolean),
      });
    }
    for (const token of [user.token, elsewhere]) expect(text).not.toContain(token);
  });

  const idOf = async (token: string): Promise<string> => {
    const { body } = await post('/user/sessions', {}, token);
    return (body.data as { id: string; is_current: boolean }[]).find((one) => one.is_current)!.id;
  };

  it('are ended one by one', async () => {
    const id = await idOf(elsewhere);
    expect((await post('/user/sessionrevoke', { id: Number(id) })).body).toEqual({
      msg: '操作成功',
      code: 0,
      data: '',
    });
    expect(await Promise.all([user.token, elsewhere].map(readCode))).toEqual([0, -400]);
    expect((await post('/user/sessionrevoke', { id })).body.code).toBe(-1);
  });

  it('are ended but for the own one', async () => {
    expect((await post('/user/sessionrevoke', { id: 'others' })).body.code).toBe(0);
    expect(await Promise.all([user.token, elsewhere, stranger.token].map(readCode))).toEqual([
      0, -400, 0,
    ]);
  });

  it('are ended beside a change of the password, without waiting for each other', async () => {
    const asking = await createSession(test.db, user.id);
    const [first, last] = [await idOf(user.token), await idOf(asking)];
    const changing = await test.db.connect();
    await changing.query('BEGIN');
    await changing.query('SELECT FROM sxo_user WHERE id = $1 FOR NO KEY UPDATE', [user.id]);
    await changing.query('SELECT FROM sxo_user_session WHERE id = $1 FOR KEY SHARE', [last]);
    const ending = post('/user/sessionrevoke', { id: 'others' }, elsewhere).then(
      ({ body }) => body,
    );
    await lockAwaited(test.db);
    await changing.query('DELETE FROM sxo_user_session WHERE id = $1', [first]);
    await changing.query('COMMIT');
    changing.release();
    expect(await ending).toMatchObject({ code: 0 });
    expect(await Promise.all([user.token, elsewhere, asking].map(readCode))).toEqual([
      -400, 0, -400,
    ]);
  });

  it("of another account are like none, as is anything that is no session's id", async () => {
    const foreign = await idOf(stranger.token);
    for (const id of [
      foreign,
      '999999999999999999',
      '9223372036854775807',
      '9223372036854775808',
      '0',
      '-1',
      '01',
      'all',
      '',
      null,
      [foreign],
    ]) {
      const { status, body } = await post('/user/sessionrevoke', { id });
      expect({ id, status, body }).toMatchObject({
        id,
        status: 200,
        body: { code: -1, msg: expect.stringContaining('（id）'), data: [] },
      });
    }
    expect((await post('/user/sessionrevoke')).body.code).toBe(-1);
    expect(await readCode(stranger.token)).toBe(0);
  });

  it('end with user/logout, and others go on', async () => {
    expect((await post('/user/logout')).body).toEqual({ msg: '退出成功', code: 0, data: '' });
    expect(await Promise.all([user.token, elsewhere].map(readCode))).toEqual([-400, 0]);
    expect((await post('/user/logout')).body).toEqual(NOT_LOGGED_IN);
  });
});

it('stores no token, no code and no password in clear, in any table', async () => {
  const secrets = ['registered password', 'typed into the wrong field', NEW_PASSWORD.trim()];
  const registered = await test.http
    .post('/user/reg')
    .send({ type: 'username', accounts: 'fresh', pwd: secrets[0] });
  secrets.push(registered.body.data.token as string);
  secrets.push((await login(secrets[0]!, 'fresh')).body.data.token as string);
  await login('wrong password', 'typed into the wrong field');
  await change();
  secrets.push(PASSWORD, 'wrong password', user.token, elsewhere, stranger.token);
  const codes: string[] = [];
  for (const path of ['login', 'reg', 'forgetpwd', 'appemailbind']) {
    await test.db.query('DELETE FROM sxo_limited_use');
    const accounts = 'someone@example.com';
    const { body } = await post(`/user/${path}verifysend`, {
      type: 'email',
      accounts,
      email: accounts,
    });
    expect(body.code).toBe(0);
    await test.app.get(CodeDelivery).onApplicationShutdown();
    codes.push(codeOf(mail.mails.at(-1)!));
  }

  const text = await dumpTables(test.db);
  expect(text).toContain('fresh');
  expect((await test.db.query('SELECT FROM sxo_verification_code')).rowCount).toBe(4);
  for (const secret of secrets) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from(secret).toString('hex'));
  }
  for (const code of codes) {
    // Digits may stand in the fraction of a time or amid a hash.
    expect(text).not.toMatch(new RegExp(`(?<![.0-9a-f])${code}(?![0-9a-f])`));
    expect(text).not.toContain(Buffer.from(code).toString('hex'));
  }
});
