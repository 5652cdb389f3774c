import { jest } from '@jest/globals';
import { createSession, createUser, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { codesOf, count } from '../support/outcome.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { lockRow } from '../support/row-lock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MOBILE = '13800138000';
const EMAIL = 'Someone@example.com';
const NEW_CONTACT = '13700137000';
const NEW_PASSWORD = 'battery staple';

/** Hundreds of requests on a machine that may be busy. */
jest.setTimeout(120_000);

let test: TestApp;
let channels: CodeChannels;
let pwd: string;
let user: TestUser;
let stranger: TestUser;

const post = (path: string, parameters: object) => test.http.post(`/${path}`).send(parameters);

const typeOf = (accounts: string): string => (accounts.includes('@') ? 'email' : 'sms');

/** Asks for a code and reads it. */
async function receive(path: string, parameters: object, contact: string): Promise<string> {
  await test.db.query('DELETE FROM sxo_limited_use');
  expect((await post(`user/${path}verifysend`, parameters)).body.code).toBe(0);
  return (await channels.lastCode(test, contact.toLowerCase()))!;
}

const receivePublic = (path: string, accounts: string): Promise<string> =>
  receive(path, { type: typeOf(accounts), accounts }, accounts);

const enter = (path: string, accounts: string, verify: string) =>
  post(`user/${path}`, { type: typeOf(accounts), accounts, verify, pwd: NEW_PASSWORD });

const bind = (token: string, verify: string, given = PASSWORD) =>
  post('user/appmobilebind', { mobile: NEW_CONTACT, verify, token, pwd: given });

/** What ends an account's codes. */
const ENDS: [string, () => PromiseLike<{ body: { code: number } }>][] = [
  [
    'a new password',
    () =>
      post('safety/loginpwdupdate', {
        token: user.token,
        my_pwd: PASSWORD,
        new_pwd: NEW_PASSWORD,
        confirm_new_pwd: NEW_PASSWORD,
      }),
  ],
  [
    'a reset',
    async () => {
      const verify = await receivePublic('forgetpwd', MOBILE);
      return enter('forgetpwd', MOBILE, verify);
    },
  ],
  [
    'the end of the other sessions',
    () => post('user/sessionrevoke', { token: user.token, id: 'others' }),
  ],
  ["the account's end", () => post('safety/logout', { token: user.token, pwd: PASSWORD })],
];

const sessionCount = async (): Promise<number> =>
  (await test.db.query('SELECT FROM sxo_user_session WHERE user_id = $1', [user.id])).rowCount!;

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
  user = await createUser(test.db, { username: 'someone', mobile: MOBILE, email: EMAIL, pwd });
  stranger = await createUser(test.db, { username: 'stranger', mobile: '13900139000', pwd });
});

describe.each(ENDS)('%s', (name, end) => {
  const passwordNow = name === 'a new password' ? NEW_PASSWORD : PASSWORD;

  it.each([
    ['login', MOBILE],
    ['login', EMAIL],
    ['reg', EMAIL],
    ['forgetpwd', EMAIL],
  ])('ends the code that was asked for before: %s by %s', async (path, accounts) => {
    const code = await receivePublic(path, accounts);
    expect((await end()).body.code).toBe(0);
    expect((await enter(path, accounts, code)).body).toMatchObject({ code: -10, data: [] });
  });

  it('ends the code that the account asked for to bind a contact', async () => {
    const mine = { mobile: NEW_CONTACT, token: user.token };
    const code = await receive('appmobilebind', mine, NEW_CONTACT);
    expect((await end()).body.code).toBe(0);
    const { rows } = await test.db.query(
      `SELECT purpose FROM sxo_verification_code WHERE account = $1`,
      [NEW_CONTACT],
    );
    expect(rows).toEqual([]);
    expect([-10, -400]).toContain((await bind(user.token, code, passwordNow)).body.code);
  });

  it("leaves another account's codes", async () => {
    const login = await receivePublic('login', '13900139000');
    const mine = { mobile: NEW_CONTACT, token: stranger.token };
    const binding = await receive('appmobilebind', mine, NEW_CONTACT);
    expect((await end()).body.code).toBe(0);
    expect((await enter('login', '13900139000', login)).body.code).toBe(0);
    expect((await bind(stranger.token, binding)).body.code).toBe(0);
  });

  it('leaves no session to a code that is entered at the same time', async () => {
    const code = await receivePublic('login', EMAIL);
    await createSession(test.db, user.id);
    const before = await sessionCount();
    const lock = await lockRow(test.db, user.id);
    // The end has the account first, or the login has: either way its session is gone after it.
    const ending = end().then(({ body }) => body.code);
    await lock.awaited(1);
    const entering = enter('login', EMAIL, code).then(({ body }) => body.code as number);
    await lock.awaited(2);
    await lock.release();
    expect(await ending).toBe(0);
    expect([-10, -11]).toContain(await entering);
    expect(await sessionCount()).toBeLessThan(before);
  });

  it('ends the session of a code that was entered just before', async () => {
    const code = await receivePublic('login', EMAIL);
    const lock = await lockRow(test.db, user.id);
    const entering = enter('login', EMAIL, code).then(({ body }) => body.code as number);
    await lock.awaited(1);
    const ending = end().then(({ body }) => body.code);
    await lock.awaited(2);
    await lock.release();
    expect(await ending).toBe(0);
    await entering;
    expect(await sessionCount()).toBeLessThanOrEqual(1);
  });
});

it.each(['login', 'forgetpwd'])('%s uses a code once, entered ten times at once', async (path) => {
  const code = await receivePublic(path, MOBILE);
  const codes = await codesOf(Array.from({ length: 10 }, () => enter(path, MOBILE, code)));
  expect(count(codes, 0)).toBe(1);
});
