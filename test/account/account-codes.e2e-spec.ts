import { createSession, createUser, rowOf, type TestUser } from '../support/accounts.js';
import { watchCaptchas } from '../support/captcha-answers.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { codesOf } from '../support/outcome.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MOBILE = '13800138000';
const EMAIL = 'someone@example.com';
const SENT = { msg: '发送成功', code: 0, data: '' };

const drawn = watchCaptchas();

let test: TestApp;
let channels: CodeChannels;
let pwd: string;
let user: TestUser;

const post = (path: string, parameters: object = {}, app: TestApp = test) =>
  app.http.post(`/user/${path}`).send(parameters);

const typeOf = (accounts: string): string => (accounts.includes('@') ? 'email' : 'sms');

/** Asks for a code and reads it. */
async function receive(path: string, accounts: string): Promise<string | undefined> {
  await test.db.query('DELETE FROM sxo_limited_use');
  const { text } = await post(`${path}verifysend`, { type: typeOf(accounts), accounts });
  expect(text).toBe(JSON.stringify(SENT));
  return channels.lastCode(test, accounts.toLowerCase());
}

const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

const byCode = (path: string, accounts: string, verify?: string, parameters: object = {}) =>
  post(path, { type: typeOf(accounts), accounts, verify, pwd: PASSWORD, ...parameters });

const readCode = async (token: string): Promise<number> =>
  (await test.http.get(`/personal/index?token=${token}`)).body.code as number;

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await startTestApp({ ...CHEAP_HASHING, TRUST_PROXY: '1', ...channels.env });
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await channels.reset(test.db);
  user = await createUser(test.db, { username: 'someone', mobile: MOBILE, email: EMAIL, pwd });
});

describe.each([MOBILE, EMAIL, EMAIL.toUpperCase()])('login by code to %s', (accounts) => {
  it('opens a session, once for a code', async () => {
    const code = await receive('login', accounts);
    const { body } = await byCode('login', accounts, code, { pwd: undefined });
    expect(body).toMatchObject({
      msg: '登录成功',
      code: 0,
      data: { id: user.id, is_mandatory_bind_mobile: 0 },
    });
    expect(await readCode(body.data.token as string)).toBe(0);
    expect((await byCode('login', accounts, code)).body.code).toBe(-10);
  });

  it('opens one session for one code used four times at once', async () => {
    const code = (await receive('login', accounts))!;
    const answers = Array.from({ length: 4 }, () => byCode('login', accounts, code));
    expect((await codesOf(answers)).filter((one) => one === 0)).toHaveLength(1);
  });

  it('answers -11 to a wrong code, -10 where there is none', async () => {
    expect((await byCode('login', accounts, '123456')).body.code).toBe(-10);
    const code = (await receive('login', accounts))!;
    expect((await byCode('login', accounts, wrong(code))).body.code).toBe(-11);
    expect((await byCode('login', accounts, code)).body.code).toBe(0);
  });
});

describe.each(['login', 'forgetpwd'])('an unknown account at %s', (path) => {
  it.each(['13900139000', 'nobody@example.com'])(
    'is answered as a known one, to the byte, and gets nothing: %s',
    async (unknown) => {
      const known = unknown.includes('@') ? EMAIL : MOBILE;
      const code = (await receive(path, known))!;
      expect(await receive(path, unknown)).toBeUndefined();
      const [first, second] = [
        await byCode(path, known, wrong(code)),
        await byCode(path, unknown, wrong(code)),
      ];
      expect(second.body).toMatchObject({ code: -11, data: [] });
      expect(second.text).toBe(first.text);
    },
  );

  it.each([{ is_delete_time: new Date() }, { is_logout_time: new Date() }])(
    'is one that has ended: %j',
    async (columns) => {
      await createUser(test.db, { mobile: '13900139000', ...columns });
      expect(await receive(path, '13900139000')).toBeUndefined();
    },
  );

  it('is one that ends after its code was sent', async () => {
    const code = await receive(path, MOBILE);
    await test.db.query('UPDATE sxo_user SET is_logout_time = now()');
    expect((await byCode(path, MOBILE, code)).body.code).toBe(-11);
  });

  it.each([2, 3])('is not one of status %d, which the right code tells', async (status) => {
    await test.db.query('UPDATE sxo_user SET status = $1', [status]);
    const code = (await receive(path, MOBILE))!;
    expect((await byCode(path, MOBILE, wrong(code))).body.code).toBe(-11);
    expect((await byCode(path, MOBILE, code)).body.code).toBe(-110);
    expect(await rowOf(test.db, user.id)).toMatchObject({ pwd });
    expect((await test.db.query('SELECT FROM sxo_user_session')).rowCount).toBe(0);
  });
});

it.each(['login', 'forgetpwd', 'reg'])('%s counts wrong codes beyond one code', async (path) => {
  for (let round = 0; round < 2; round += 1) {
    const code = (await receive(path, MOBILE))!;
    const answers = Array.from({ length: 3 }, () => byCode(path, MOBILE, wrong(code)));
    const expected = round === 0 ? [-11, -11, -11] : [-429, -11, -11];
    expect((await codesOf(answers)).toSorted((a, b) => a - b)).toEqual(expected);
  }
  const code = await receive(path, MOBILE);
  const { status, headers } = await byCode(path, MOBILE, code);
  expect(status).toBe(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});

describe.each(['login', 'forgetpwd'])('wrong codes of strangers at %s', (path) => {
  const from = (address: string, verify: string) =>
    byCode(path, MOBILE, verify).set('X-Forwarded-For', address);

  const exhaust = async (address: string): Promise<number[]> => {
    const code = (await receive(path, MOBILE))!;
    const codes: number[] = [];
    for (let tried = 0; tried < 5; tried += 1) {
      codes.push((await from(address, wrong(code))).body.code as number);
    }
    return codes;
  };

  it('do not lock the owner out at another address', async () => {
    expect(await exhaust('203.0.113.1')).toEqual([-11, -11, -11, -11, -11]);
    const code = (await receive(path, MOBILE))!;
    expect((await from('203.0.113.1', code)).body.code).toBe(-429);
    expect((await from('203.0.113.2', code)).body.code).toBe(0);
  });

  it('are bounded from all addresses together', async () => {
    for (let host = 1; host <= 4; host += 1) await exhaust(`203.0.113.${host}`);
    const code = (await receive(path, MOBILE))!;
    expect((await from('203.0.113.5', wrong(code))).body.code).toBe(-429);
  });

  it.each([MOBILE, '13900139000'])('count nothing where there is no code: %s', async (accounts) => {
    for (let tried = 0; tried < 30; tried += 1) {
      expect((await byCode(path, accounts, '123456')).body.code).toBe(-10);
    }
  });
});

it('counts no try that fails by an error', async () => {
  const code = await receive('login', MOBILE);
  await test.db.query('ALTER TABLE sxo_verification_code RENAME TO away');
  const codes: number[] = [];
  // One after the other: a try under way does count.
  while (codes.length < 6) codes.push((await byCode('login', MOBILE, code)).body.code as number);
  await test.db.query('ALTER TABLE away RENAME TO sxo_verification_code');
  expect(codes).toEqual(Array<number>(6).fill(-500));
  expect((await byCode('login', MOBILE, code)).body.code).toBe(0);
});

it('takes a code for its purpose only', async () => {
  const code = await receive('login', MOBILE);
  expect((await byCode('forgetpwd', MOBILE, code)).body.code).toBe(-10);
  expect((await byCode('reg', MOBILE, code)).body.code).toBe(-10);
  expect((await byCode('login', MOBILE, code)).body.code).toBe(0);
});

it('sends one code a minute', async () => {
  await receive('login', MOBILE);
  const { status, body } = await post('loginverifysend', { type: 'sms', accounts: MOBILE });
  expect({ status, body }).toMatchObject({ status: 429, body: { code: -429, data: [] } });
});

describe('user/reg by code', () => {
  it.each([
    ['13900139000', { mobile: '13900139000', email: '' }],
    ['New@Example.com', { mobile: '', email: 'new@example.com' }],
  ])('makes an account with the verified contact: %s', async (accounts, columns) => {
    const code = await receive('reg', accounts);
    const { body } = await byCode('reg', accounts, code);
    expect(body).toMatchObject({ msg: '注册成功', code: 0, data: { username: '', ...columns } });
    expect(await readCode(body.data.token as string)).toBe(0);
    const login = await post('login', { type: 'username', accounts, pwd: PASSWORD });
    expect(login.body).toMatchObject({ code: 0, data: { id: body.data.id } });
  });

  it.each([MOBILE, EMAIL])(
    'tells that it is taken after the right code only: %s',
    async (taken) => {
      const code = (await receive('reg', taken))!;
      expect((await byCode('reg', taken, wrong(code))).body.code).toBe(-11);
      const { body } = await byCode('reg', taken, code);
      expect(body).toMatchObject({
        code: -3,
        msg: expect.stringContaining('（accounts）已被使用'),
        data: [],
      });
      expect((await test.db.query('SELECT FROM sxo_user')).rowCount).toBe(1);
    },
  );

  it('makes one account for one code used four times at once', async () => {
    const code = await receive('reg', '13900139000');
    const answers = Array.from({ length: 4 }, () => byCode('reg', '13900139000', code));
    expect((await codesOf(answers)).filter((one) => one === 0)).toHaveLength(1);
    expect((await test.db.query('SELECT FROM sxo_user')).rowCount).toBe(2);
  });

  it('uses no code up for a password of a wrong length', async () => {
    const code = await receive('reg', '13900139000');
    const short = await byCode('reg', '13900139000', code, { pwd: 'short' });
    expect(short.body).toMatchObject({ code: -2, msg: expect.stringContaining('（pwd）') });
    expect((await byCode('reg', '13900139000', code)).body.code).toBe(0);
  });
});

describe('user/forgetpwd', () => {
  it.each([MOBILE, EMAIL])('sets a password and ends every session: %s', async (accounts) => {
    const elsewhere = await createSession(test.db, user.id);
    const stranger = await createUser(test.db, { username: 'stranger', pwd });
    for (let failed = 0; failed < 5; failed += 1) {
      await post('login', { type: 'username', accounts, pwd: 'wrong' });
    }
    const code = await receive('forgetpwd', accounts);
    const { body } = await post('forgetpwd', { accounts, verify: code, pwd: ' new password ' });
    expect(body).toEqual({ msg: '操作成功', code: 0, data: '' });
    const tokens = [user.token, elsewhere, stranger.token];
    expect(await Promise.all(tokens.map(readCode))).toEqual([-400, -400, 0]);
    const login = (given: string) => post('login', { type: 'username', accounts, pwd: given });
    expect(await codesOf([login(PASSWORD)])).toEqual([-4]);
    expect(await codesOf([login(' new password ')])).toEqual([0]);
    expect(await rowOf(test.db, user.id)).toMatchObject({ salt: '' });
  });

  it('lets who did it in by any name, whatever was typed before', async () => {
    const login = (given: string) =>
      post('login', { type: 'username', accounts: 'someone', pwd: given });
    for (let failed = 0; failed < 5; failed += 1) await login('wrong');
    expect(await codesOf([login(PASSWORD)])).toEqual([-429]);
    for (const pwd of ['the first new password', 'the second new password']) {
      const verify = await receive('forgetpwd', MOBILE);
      expect((await post('forgetpwd', { accounts: MOBILE, verify, pwd })).body.code).toBe(0);
      for (let failed = 0; failed < 4; failed += 1) await login('wrong');
      expect(await codesOf([login(pwd)])).toEqual([0]);
      for (let failed = 0; failed < 5; failed += 1) await login('wrong');
      expect(await codesOf([login(pwd)])).toEqual([-429]);
    }
  });

  it('uses no code up for a password of a wrong length', async () => {
    const verify = await receive('forgetpwd', MOBILE);
    const { body } = await post('forgetpwd', { accounts: MOBILE, verify, pwd: 'x'.repeat(73) });
    expect(body).toMatchObject({ code: -1, msg: expect.stringContaining('（pwd）') });
    expect((await post('forgetpwd', { accounts: MOBILE, verify, pwd: PASSWORD })).body.code).toBe(
      0,
    );
  });
});

describe('parameters', () => {
  const good = { type: 'sms', accounts: MOBILE, verify: '123456', pwd: PASSWORD };

  it.each([
    ['loginverifysend', 'type', [undefined, '', 'username', 'weixin', null, ['sms'], 1]],
    ['regverifysend', 'type', [undefined, '', 'username', null]],
    ['loginverifysend', 'accounts', [undefined, '', null, 13800138000, [MOBILE], { a: 1 }]],
    ['regverifysend', 'accounts', [undefined, '', null]],
    ['forgetpwdverifysend', 'accounts', [undefined, '', null, [MOBILE]]],
    ['forgetpwd', 'accounts', [undefined, '', null]],
    ['forgetpwd', 'verify', [undefined, '', null, 123456, ['123456']]],
    ['forgetpwd', 'pwd', [undefined, '', null, ['x']]],
    ['login', 'verify', [undefined, '', null, 123456, ['123456']]],
    ['reg', 'verify', [undefined, '', null, 123456]],
  ])('of %s: %s missing or of a wrong type is -1', async (path, field, values) => {
    for (const value of values) {
      const { status, body } = await post(path, { ...good, [field]: value });
      expect({ value, status, body }).toMatchObject({
        status: 200,
        body: { code: -1, msg: expect.stringContaining(`（${field}）`), data: [] },
      });
    }
  });

  it.each(['loginverifysend', 'regverifysend', 'forgetpwdverifysend', 'forgetpwd', 'login', 'reg'])(
    'of %s: an account of a wrong form is -2, and nothing is sent',
    async (path) => {
      const wrongForms = [
        'someone',
        '1380013800',
        '138 00138000',
        '138\n00138000',
        '+8613800138000',
      ];
      for (const accounts of [...wrongForms, 'a@b', 'a@b.test\0', `${'a'.repeat(249)}@b.cc`]) {
        for (const type of ['sms', 'email']) {
          const { body } = await post(path, { ...good, type, accounts });
          expect({ accounts, body }).toMatchObject({
            body: { code: -2, msg: expect.stringContaining('（accounts）'), data: [] },
          });
        }
      }
      expect((await test.db.query('SELECT FROM sxo_limited_use')).rowCount).toBe(0);
    },
  );

  it('send and change by POST only', async () => {
    for (const path of ['loginverifysend', 'regverifysend', 'forgetpwdverifysend', 'forgetpwd']) {
      expect((await test.http.get(`/user/${path}`)).status).toBe(405);
    }
  });
});

describe('closed channels', () => {
  let closed: TestApp;

  beforeAll(async () => {
    const { SMTP_URL = '', MAIL_FROM = '' } = channels.env;
    const settings = { ...CHEAP_HASHING, DATABASE_URL: test.databaseUrl };
    closed = await startTestApp({ ...settings, SMTP_URL, MAIL_FROM });
  });

  afterAll(() => closed.close());

  it.each(['loginverifysend', 'regverifysend', 'login', 'reg'])('are -1 at %s', async (path) => {
    const { body } = await post(
      path,
      { type: 'sms', accounts: MOBILE, verify: '123456', pwd: PASSWORD },
      closed,
    );
    expect(body).toMatchObject({ code: -1, msg: expect.stringContaining('（type）'), data: [] });
  });

  it('are -1 at forgetpwdverifysend', async () => {
    const { body } = await post('forgetpwdverifysend', { accounts: MOBILE }, closed);
    expect(body).toEqual({ msg: '短信验证未开启', code: -1, data: [] });
  });

  it('are not offered to clients', async () => {
    const offered = async (app: TestApp) =>
      (await app.http.get('/base/common')).body.data.config as object;
    expect(await offered(closed)).toMatchObject({
      home_user_login_type: ['username', 'email'],
      home_user_reg_type: ['username', 'email'],
      home_user_login_img_verify_state: 0,
    });
    expect((await offered(test)) as { home_user_login_type: string[] }).toMatchObject({
      home_user_login_type: expect.arrayContaining(['username', 'sms', 'email']),
    });
  });
});

describe('the picture captcha of user/login', () => {
  let strict: TestApp;

  const login = (given: string, parameters: object = {}, accounts = 'someone') =>
    post('login', { type: 'username', accounts, pwd: given, ...parameters }, strict);

  const draw = async (query = ''): Promise<string> => {
    await strict.http.get(`/user/userverifyentry?type=user_login${query}`);
    return drawn.at(-1)!;
  };

  beforeAll(async () => {
    const settings = { ...CHEAP_HASHING, DATABASE_URL: test.databaseUrl };
    strict = await startTestApp({ ...settings, CAPTCHA_AFTER_FAILURES: '2' });
  });

  afterAll(() => strict.close());

  it('is shown by clients', async () => {
    const { body } = await strict.http.get('/base/common');
    expect(body.data.config).toMatchObject({ home_user_login_img_verify_state: 1 });
  });

  it('is needed from so many failures on, right password or not, and not before', async () => {
    expect(await codesOf([login('wrong')])).toEqual([-4]);
    expect(await codesOf([login(PASSWORD, { verify: 'none is needed' })])).toEqual([0]);
    // The good login has cleared the account's failure, not the address's.
    expect(await codesOf([login('wrong')])).toEqual([-4]);
    for (const given of ['wrong', PASSWORD]) {
      expect(await codesOf([login(given)])).toEqual([-10]);
      expect(await codesOf([login(given, { verify: 'ABCD' })])).toEqual([-10]);
    }
    await draw();
    expect(await codesOf([login(PASSWORD, { verify: 'no' })])).toEqual([-11]);
    expect(await codesOf([login('wrong', { verify: await draw() })])).toEqual([-4]);
    const verify = (await draw('&uuid=abc')).toLowerCase();
    expect(await codesOf([login(PASSWORD, { verify })])).toEqual([-10]);
    expect(await codesOf([login(PASSWORD, { verify, uuid: 'abc' })])).toEqual([0]);
  });

  it('is needed for other and unknown accounts from an address that failed', async () => {
    for (const name of ['a', 'b']) expect(await codesOf([login('x', {}, name)])).toEqual([-4]);
    expect(await codesOf([login(PASSWORD), login('x', {}, 'c')])).toEqual([-10, -10]);
  });

  it('is never needed where the setting is 0', async () => {
    for (let failed = 0; failed < 4; failed += 1) {
      expect((await post('login', { type: 'username', accounts: 'c', pwd: 'x' })).body.code).toBe(
        -4,
      );
    }
  });
});
