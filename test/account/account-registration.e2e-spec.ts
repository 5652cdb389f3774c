import { jest } from '@jest/globals';
import { PasswordHasher } from '../../src/modules/account/password/password-hasher.js';
import { createUser, forgetAccounts } from '../support/accounts.js';
import { codesOf, count } from '../support/outcome.js';
import { CHEAP_HASHING, PASSWORD } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;

const register = (parameters: object, query = '') =>
  test.http.post(`/user/reg${query}`).send({ type: 'username', pwd: PASSWORD, ...parameters });

const accounts = async (): Promise<Record<string, unknown>[]> =>
  (await test.db.query<Record<string, unknown>>('SELECT * FROM sxo_user ORDER BY id')).rows;

beforeAll(async () => {
  test = await startTestApp(CHEAP_HASHING);
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  await forgetAccounts(test.db);
});

it('makes an account and logs it in', async () => {
  const { body } = await register(
    { accounts: 'New_User' },
    '?application=app&application_client_type=ios&system_type=mall',
  );
  expect(body).toMatchObject({
    msg: '注册成功',
    code: 0,
    data: {
      username: 'New_User',
      user_name_view: 'New_User',
      system_type: 'mall',
      status: '0',
      token: expect.stringMatching(/^[0-9a-f]{32}$/),
      is_mandatory_bind_mobile: 0,
    },
  });
  // The seed's 41, is_mandatory_bind_mobile, and is_setup_pwd, which the app gets.
  expect(Object.keys(body.data as object)).toHaveLength(43);
  const { id, token } = body.data as { id: string; token: string };
  expect(body.data.number_code).toMatch(new RegExp(`^[1-9][0-9]{9}$`));
  expect(body.data.number_code.endsWith(id)).toBe(true);
  const read = await test.http.get(`/personal/index?token=${token}`);
  expect(read.body).toMatchObject({ code: 0, data: { data: { id, username: 'New_User' } } });
  const { rows } = await test.db.query('SELECT * FROM sxo_user_session');
  expect(rows).toMatchObject([{ system_type: 'mall', application_client_type: 'ios' }]);
  expect(await accounts()).toMatchObject([
    { salt: '', pwd: expect.stringMatching(/^\$argon2id\$/) },
  ]);
});

it.each(['ab', 'a'.repeat(18), '__', '12', '10000000000000', '1380013800', 'A_9'])(
  'takes the user name %j',
  async (name) => {
    expect((await register({ accounts: name })).body.code).toBe(0);
  },
);

it.each([
  'a',
  'a'.repeat(19),
  'a\nb',
  'a b',
  'a\u3000b',
  'a\u200bb',
  'a-b',
  'a.b',
  'ab\0',
  '用户',
  'ａｂ',
  'a@b.test',
  '13800138000',
  '19900000000',
])('refuses the user name %j', async (name) => {
  const { body } = await register({ accounts: name });
  expect(body).toMatchObject({ code: -2, msg: expect.stringContaining('（accounts）'), data: [] });
  expect(await accounts()).toEqual([]);
});

it.each(['k9!mz2_q', '🔑🚪🏠🧱🪟🛋🚿🛁', ' \t  \t\t  ', 'x'.repeat(72), '\0a\0b\0c\0d'])(
  'takes the password %j, and logs in with it',
  async (pwd) => {
    expect((await register({ accounts: 'someone', pwd })).body.code).toBe(0);
    const login = (given: string) =>
      test.http.post('/user/login').send({ type: 'username', accounts: 'someone', pwd: given });
    expect((await login(pwd)).body.code).toBe(0);
    expect((await login(`${pwd} `)).body.code).toBe(-4);
  },
);

it.each(['1234567', '🔑'.repeat(7), ' '.repeat(7), 'x'.repeat(73)])(
  'refuses the password %j',
  async (pwd) => {
    const { body } = await register({ accounts: 'someone', pwd });
    expect(body).toEqual({ msg: '登录密码（pwd）长度须为 8 至 72 个字符', code: -2, data: [] });
    expect(await accounts()).toEqual([]);
  },
);

it.each([
  ['type', { type: undefined }],
  ['type', { type: '' }],
  ['type', { type: 'weixin' }],
  ['type', { type: null }],
  ['type', { type: ['username'] }],
  ['type', { type: 'sms' }],
  ['type', { type: 'email' }],
  ['accounts', { accounts: undefined }],
  ['accounts', { accounts: '' }],
  ['accounts', { accounts: null }],
  ['accounts', { accounts: 12 }],
  ['accounts', { accounts: ['someone'] }],
  ['accounts', { accounts: { a: 'someone' } }],
  ['pwd', { pwd: undefined }],
  ['pwd', { pwd: '' }],
  ['pwd', { pwd: null }],
  ['pwd', { pwd: 12345678 }],
  ['pwd', { pwd: [PASSWORD] }],
])('names the parameter %s that is missing or wrong: %j', async (field, parameters) => {
  const { status, body } = await register({ accounts: 'someone', ...parameters });
  expect(status).toBe(200);
  expect(body).toMatchObject({ code: -1, msg: expect.stringContaining(`（${field}）`), data: [] });
  expect(await accounts()).toEqual([]);
});

it('takes a name once, in whatever case, and again when its account has ended', async () => {
  await createUser(test.db, { username: 'Taken' });
  const taken = { msg: '用户名（accounts）已被使用', code: -3, data: [] };
  for (const name of ['Taken', 'taken', 'TAKEN']) {
    expect((await register({ accounts: name })).body).toEqual(taken);
  }
  await test.db.query('UPDATE sxo_user SET is_delete_time = now()');
  expect((await register({ accounts: 'taken' })).body.code).toBe(0);
});

it('lets exactly one of fifty registrations of one name at once succeed', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      register({ accounts: index % 2 ? 'one_name' : 'ONE_NAME' }),
    ),
  );
  const codes = answers.map(({ body }) => body.code as number).toSorted((a, b) => b - a);
  expect(codes).toEqual([0, ...Array<number>(49).fill(-3)]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await accounts()).toHaveLength(1);
  expect((await test.db.query('SELECT FROM sxo_user_session')).rowCount).toBe(1);
});

describe('the limit of registrations by address', () => {
  const at = (address: string, accounts: string) =>
    limited.http
      .post('/user/reg')
      .set('X-Forwarded-For', address)
      .send({ type: 'username', accounts, pwd: PASSWORD });

  let limited: TestApp;

  beforeAll(async () => {
    limited = await startTestApp({
      ...CHEAP_HASHING,
      DATABASE_URL: test.databaseUrl,
      TRUST_PROXY: '1',
      REGISTRATIONS_PER_HOUR: '3',
    });
  });

  afterAll(() => limited.close());

  it('refuses what is beyond it, taken names included, before it hashes', async () => {
    const names = ['one', 'two', 'two'];
    const codes = await codesOf(names.map((name, index) => at(`2001:db8::${index}`, name)));
    expect([count(codes, 0), count(codes, -3)]).toEqual([2, 1]);
    const hashed = jest.spyOn(limited.app.get(PasswordHasher, { strict: false }), 'hash');
    const { status, headers, body } = await at('2001:db8::9', 'four');
    expect({ status, code: body.code }).toEqual({ status: 429, code: -429 });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(hashed).not.toHaveBeenCalled();
    expect(await accounts()).toHaveLength(2);
    expect((await at('2001:db8:0:1::', 'four')).body.code).toBe(0);
  });

  it('is over after the hour, and counts nothing of a wrong form', async () => {
    for (let index = 0; index < 4; index += 1) {
      expect((await at('203.0.113.1', 'a b')).body.code).toBe(-2);
    }
    for (const name of ['one', 'two', 'three']) {
      expect((await at('203.0.113.1', name)).body.code).toBe(0);
    }
    expect((await at('203.0.113.1', 'four')).body.code).toBe(-429);
    await test.db.query('UPDATE sxo_limited_use SET expire = expire - 3600000');
    expect((await at('203.0.113.1', 'four')).body.code).toBe(0);
  });
});

describe('the member code', () => {
  const nextId = (id: number) =>
    test.db.query(`SELECT setval(pg_get_serial_sequence('sxo_user', 'id'), $1, false)`, [id]);

  /** Takes every member code that an account with this nine-digit id could get. */
  const takeCodesOf = async (id: number) => {
    for (let prefix = 1; prefix <= 9; prefix += 1) {
      await createUser(test.db, { id: -10 * id - prefix, number_code: `${prefix}${id}` });
    }
  };

  it('is tried anew where it is taken', async () => {
    await nextId(100_000_001);
    await takeCodesOf(100_000_001);
    const { body } = await register({ accounts: 'someone' });
    expect(body).toMatchObject({ code: 0, data: { id: '100000002' } });
    expect(body.data.number_code).toMatch(/^[1-9]100000002$/);
  });

  it('fails, and makes no account, after ten that are taken', async () => {
    await nextId(100_000_011);
    for (let id = 100_000_011; id <= 100_000_020; id += 1) await takeCodesOf(id);
    const { body } = await register({ accounts: 'someone' });
    expect(body).toMatchObject({ code: -100, data: [] });
    expect((await register({ accounts: 'someone' })).body.code).toBe(0);
  });

  it.each([
    [9_999_999_999, /^9999999999$/],
    [10_000_000_000, /^[1-9]\d{9}$/],
  ])('has ten digits with the id %d too', async (id, pattern) => {
    await nextId(id);
    const { body } = await register({ accounts: 'someone' });
    expect(body.data).toMatchObject({
      id: String(id),
      number_code: expect.stringMatching(pattern),
    });
  });
});

it('has the shortest password as a setting', async () => {
  const strict = await startTestApp({
    ...CHEAP_HASHING,
    PASSWORD_MIN_LENGTH: '12',
    DATABASE_URL: test.databaseUrl,
  });
  const answers = await Promise.all(
    ['ten and one', 'ten and two.'].map((pwd) =>
      strict.http.post('/user/reg').send({ type: 'username', accounts: 'someone', pwd }),
    ),
  );
  await strict.close();
  expect(answers.map(({ body }) => body.code)).toEqual([-2, 0]);
});

it.each([
  ['en', 'Registered', 'User name (accounts) is already taken'],
  ['cht', '註冊成功', '使用者名稱（accounts）已被使用'],
  ['spa', 'Registro completado', 'El usuario (accounts) ya está en uso'],
])('answers in the language of the request: %s', async (lang, registered, taken) => {
  expect((await register({ accounts: 'someone', lang })).body.msg).toBe(registered);
  expect((await register({ accounts: 'someone', lang })).body.msg).toBe(taken);
});

it('answers POST only', async () => {
  const query = `type=username&accounts=someone&pwd=${encodeURIComponent(PASSWORD)}`;
  for (const path of ['/user/reg', '/user/login', '/user/logout', '/user/sessionrevoke']) {
    const { status, body } = await test.http.get(`${path}?${query}`);
    expect({ path, status, code: body.code }).toEqual({ path, status: 405, code: -1000 });
  }
  expect(await accounts()).toEqual([]);
});
