import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let channels: CodeChannels;
let pwd: string;

const post = (path: string, parameters: object) =>
  test.http.post(`/user/${path}`).send({ ...parameters });

const typeOf = (accounts: string): string => (accounts.includes('@') ? 'email' : 'sms');

const codeOf = async (path: string, parameters: object): Promise<number> =>
  (await post(path, parameters)).body.code as number;

/** Asks for a code and reads it. */
async function receive(path: string, accounts: string, readAt = accounts.trim().toLowerCase()) {
  await test.db.query('DELETE FROM sxo_limited_use');
  const sent = await codeOf(`${path}verifysend`, { type: typeOf(accounts), accounts });
  return { sent, verify: await channels.lastCode(test, readAt) };
}

const accounts = async (): Promise<number> =>
  (await test.db.query('SELECT FROM sxo_user')).rowCount ?? 0;

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await startTestApp({ ...CHEAP_HASHING, ...channels.env });
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await channels.reset(test.db);
});

describe('a name that only looks like another', () => {
  /** Kelvin sign, dotless i, dotted capital I, full-width k, long s. */
  const LOOKALIKES = [
    '\u212aim_smith',
    'kim_sm\u0131th',
    'K\u0130M_SMITH',
    '\uff4bim_smith',
    'kim_\u017fmith',
  ];

  it.each(LOOKALIKES)('opens no account by password: %s', async (name) => {
    await createUser(test.db, { username: 'kim_smith', email: 'kim_smith@example.com', pwd });
    for (const one of [name, `${name}@example.com`]) {
      const login = { type: 'username', accounts: one, pwd: PASSWORD };
      expect({ one, code: await codeOf('login', login) }).toEqual({ one, code: -4 });
    }
  });

  it.each(LOOKALIKES)('is asked no code for, and registers nothing: %s', async (name) => {
    await createUser(test.db, { username: 'kim_smith', email: 'kim_smith@example.com', pwd });
    const address = `${name}@example.com`;
    for (const path of ['loginverifysend', 'regverifysend', 'forgetpwdverifysend']) {
      expect(await codeOf(path, { type: 'email', accounts: address })).toBe(-2);
    }
    const claim = { accounts: address, verify: '123456', pwd: PASSWORD };
    expect(await codeOf('login', { ...claim, type: 'email' })).toBe(-2);
    expect(await codeOf('reg', { ...claim, type: 'email' })).toBe(-2);
    expect(await codeOf('forgetpwd', claim)).toBe(-2);
    expect(await codeOf('reg', { type: 'username', accounts: name, pwd: PASSWORD })).toBe(-2);
    expect(channels.mail.mails).toEqual([]);
    expect(await accounts()).toBe(1);
  });

  it.each(LOOKALIKES)('that was brought over gives its account to no other: %s', async (name) => {
    const stored = `${name}@example.com`;
    const brought = await createUser(test.db, { username: name, email: stored, pwd });
    const address = 'kim_smith@example.com';

    expect(await receive('login', address)).toEqual({ sent: 0, verify: undefined });
    const login = { type: 'email', accounts: address, verify: '123456' };
    expect(await codeOf('login', login)).toBe(-11);
    expect(await receive('forgetpwd', address)).toEqual({ sent: 0, verify: undefined });

    const { verify } = await receive('reg', address);
    const registered = await post('reg', {
      type: 'email',
      accounts: address,
      verify,
      pwd: PASSWORD,
    });
    expect(registered.body).toMatchObject({ code: 0, data: { email: address } });
    const named = { type: 'username', accounts: 'kim_smith', pwd: PASSWORD };
    expect((await post('reg', named)).body).toMatchObject({ code: 0 });

    const again = await receive('login', address);
    const { body } = await post('login', { ...login, verify: again.verify });
    expect(body).toMatchObject({ code: 0, data: { id: registered.body.data.id } });
    const reset = await receive('forgetpwd', address);
    expect(
      await codeOf('forgetpwd', {
        accounts: address,
        verify: reset.verify,
        pwd: 'another password',
      }),
    ).toBe(0);
    expect(await rowOf(test.db, brought.id)).toMatchObject({ email: stored, pwd });
    const own = { type: 'username', accounts: name, pwd: PASSWORD };
    expect((await post('login', own)).body).toMatchObject({ code: 0, data: { id: brought.id } });
  });
});

describe('an address that mail servers could read as another', () => {
  const AMBIGUOUS = [
    '"bob"@example.com',
    '"<bob>"@example.com',
    '"bob smith"@example.com',
    '"bob@evil.test"@example.com',
    '"bob\\"x"@example.com',
    '""@example.com',
    'a"b"@example.com',
    'Bob <bob@example.com>',
    '<bob@example.com>',
    'bob(x)@example.com',
    'bob@evil.test@example.com',
    'bob@evil.test,bob@example.com',
    'bob@evil.test bob@example.com',
    'bob@[127.0.0.1]',
    '=?utf-8?q?bob=40evil.test=3e?=@example.com',
    '=?x?b?Ym9i?=@example.com',
  ];

  it.each(AMBIGUOUS)('is refused at every door: %s', async (address) => {
    const user = await createUser(test.db, { username: 'bob', email: 'bob@example.com', pwd });
    const claim = { accounts: address, verify: '123456', pwd: PASSWORD };
    const codes = await Promise.all([
      codeOf('loginverifysend', { type: 'email', accounts: address }),
      codeOf('regverifysend', { type: 'email', accounts: address }),
      codeOf('forgetpwdverifysend', { accounts: address }),
      codeOf('appemailbindverifysend', { email: address, token: user.token }),
      codeOf('login', { ...claim, type: 'email' }),
      codeOf('reg', { ...claim, type: 'email' }),
      codeOf('forgetpwd', claim),
      codeOf('appemailbind', { email: address, verify: '123456', token: user.token }),
    ]);
    expect(codes).toEqual(Array(8).fill(-2));
    await channels.lastCode(test, address);
    expect(channels.mail.mails).toEqual([]);
    expect(await accounts()).toBe(1);
  });

  it.each(["o'neil+shop@example.com", "!#$%&'*+-/=.?^_`{|}~@example.com"])(
    'is mailed to as it was registered where it is none: %s',
    async (address) => {
      const { verify } = await receive('reg', address);
      expect(channels.mail.mails).toMatchObject([
        { to: [address], source: expect.stringContaining(`\r\nTo: ${address}\r\n`) },
      ]);
      const { body } = await post('reg', {
        type: 'email',
        accounts: address,
        verify,
        pwd: PASSWORD,
      });
      expect(body).toMatchObject({ code: 0, data: { email: address } });
    },
  );
});

describe('what stands around a name', () => {
  const AROUND = [
    ' ',
    '  ',
    '\t',
    '\r\n',
    '\u00a0',
    '\u3000',
    '\u2003',
    '\u0085',
    '\ufeff',
    '\u200b',
    '\u202d',
    ' \u3000\t\u00a0',
  ];
  const MOBILE = '13800138000';
  const EMAIL = 'someone@example.com';
  let user: TestUser;

  beforeEach(async () => {
    user = await createUser(test.db, { username: 'someone', mobile: MOBILE, email: EMAIL, pwd });
  });

  it.each(AROUND)('is taken off at a login by password: %j', async (blank) => {
    for (const name of ['someone', MOBILE, EMAIL]) {
      const given = `${blank}${name}${blank}`;
      const login = { type: 'username', accounts: given, pwd: PASSWORD };
      expect((await post('login', login)).body).toMatchObject({ code: 0, data: { id: user.id } });
    }
  });

  it('costs no try of the account', async () => {
    for (let tries = 0; tries < 25; tries += 1) {
      const login = { type: 'username', accounts: 'someone\u3000', pwd: PASSWORD };
      expect(await codeOf('login', login)).toBe(0);
    }
    expect((await test.db.query("SELECT FROM sxo_attempt WHERE failures <> '{}'")).rowCount).toBe(
      0,
    );
  });

  it.each(AROUND)('is taken off wherever codes are sent and entered: %j', async (blank) => {
    const around = (text: string): string => `${blank}${text}${blank}`;
    for (const name of [MOBILE, EMAIL]) {
      const login = await receive('login', around(name), name);
      const claim = { accounts: around(name), verify: around(login.verify!) };
      expect(await codeOf('login', { ...claim, type: typeOf(name) })).toBe(0);
      const reset = await receive('forgetpwd', around(name), name);
      const pwd = 'another password';
      expect(await codeOf('forgetpwd', { accounts: around(name), verify: reset.verify, pwd })).toBe(
        0,
      );
    }
  });

  it.each(AROUND)('is taken off what is registered and bound: %j', async (blank) => {
    const around = (text: string): string => `${blank}${text}${blank}`;
    const name = { type: 'username', accounts: around('new_name'), pwd: PASSWORD };
    const { body } = await post('reg', name);
    expect(body).toMatchObject({ code: 0, data: { username: 'new_name' } });
    const { token } = body.data as { token: string };
    for (const [field, value] of [
      ['mobile', '13900139000'],
      ['email', 'new@example.com'],
    ] as const) {
      await test.db.query('DELETE FROM sxo_limited_use');
      const contact = { [field]: around(value), token };
      expect(await codeOf(`app${field}bindverifysend`, contact)).toBe(0);
      const verify = await channels.lastCode(test, value);
      const bound = await post(`app${field}bind`, { ...contact, verify });
      expect(bound.body).toMatchObject({ code: 0, data: { [field]: value } });
    }
  });

  it('is never taken off a password', async () => {
    for (const blank of AROUND) {
      const login = { type: 'username', accounts: 'someone', pwd: `${PASSWORD}${blank}` };
      expect(await codeOf('login', login)).toBe(-4);
      await test.db.query('DELETE FROM sxo_attempt');
    }
    const kept = { type: 'username', accounts: 'keeps', pwd: ' \u3000 spaces \t' };
    expect(await codeOf('reg', kept)).toBe(0);
    expect(await codeOf('login', kept)).toBe(0);
    expect(await codeOf('login', { ...kept, pwd: kept.pwd.trim() })).toBe(-4);
  });

  it('leaves nothing of a name that is nothing else', async () => {
    for (const blank of AROUND) {
      const { body } = await post('login', { type: 'username', accounts: blank, pwd: PASSWORD });
      expect(body).toEqual({ msg: '请填写账号（accounts）', code: -1, data: [] });
    }
  });
});
