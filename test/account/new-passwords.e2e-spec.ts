import { createHash } from 'node:crypto';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MOBILE = '13800138000';
const EMAIL = 'some.body@example.com';

const LISTED = ['12345678', 'password', 'PassWord', 'QWERTYUIOP', 'iloveyou', '1qaz2wsx'];

/** As common, but for a program to recognise, so that the list leaves them out. */
const REGULAR = [
  '88888888',
  'aaaaaaaa',
  '123123123',
  'asdfASDF',
  '52013145201314',
  '87654321',
  '7890123456',
  '0987654321',
  'ABCDefgh',
  'zyxwvuts',
  '13579135',
  '１２３４５６７８',
];

const COMMON = [...LISTED, ...REGULAR];

const COMMON_MESSAGE = expect.stringContaining('过于常见') as string;
const NAME_MESSAGE = expect.stringContaining('不得与用户名、手机号码或邮箱相同') as string;

let test: TestApp;
let channels: CodeChannels;
let pwd: string;
let user: TestUser;

const post = async (path: string, parameters: object) =>
  (await test.http.post(path).send(parameters)).body as { msg: string; code: number };

/** Asks for a code and reads it. */
async function receive(path: string, accounts: string): Promise<string> {
  await test.db.query('DELETE FROM sxo_limited_use');
  const type = accounts.includes('@') ? 'email' : 'sms';
  await post(`/user/${path}verifysend`, { type, accounts });
  return (await channels.lastCode(test, accounts))!;
}

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
  user = await createUser(test.db, { username: 'Some_Body', mobile: MOBILE, email: EMAIL, pwd });
});

describe('at registration', () => {
  const register = (parameters: object) =>
    post('/user/reg', { type: 'username', accounts: 'New_Name', ...parameters });

  afterEach(async () => {
    const { rowCount } = await test.db.query(`SELECT FROM sxo_user WHERE id <> $1`, [user.id]);
    expect(rowCount).toBe(0);
  });

  it.each(COMMON)('one of the most common is refused: %s', async (common) => {
    expect(await register({ pwd: common })).toEqual({
      msg: '登录密码（pwd）过于常见，容易被猜中，请换一个',
      code: -2,
      data: [],
    });
  });

  it.each(['New_Name', 'new_name', 'NEW_NAME'])('the user name is refused: %s', async (name) => {
    expect(await register({ pwd: name })).toEqual({
      msg: '登录密码（pwd）不得与用户名、手机号码或邮箱相同',
      code: -2,
      data: [],
    });
  });

  it.each([
    ['13900139000', '13900139000'],
    ['new.name@example.com', 'New.Name@Example.com'],
    ['new.name@example.com', 'NEW.NAME'],
  ])('the contact is refused, and its code stays: %s, %s', async (accounts, password) => {
    const verify = await receive('reg', accounts);
    const type = accounts.includes('@') ? 'email' : 'sms';
    const refused = await register({ type, accounts, verify, pwd: password });
    expect(refused).toMatchObject({ code: -2, msg: NAME_MESSAGE });
    const { rowCount } = await test.db.query('SELECT FROM sxo_verification_code');
    expect(rowCount).toBe(1);
  });

  it.each([
    ['en', 'one of the most common passwords', 'must not be the user name'],
    ['cht', '過於常見', '不得與使用者名稱、手機號碼或'],
    ['spa', 'demasiado común', 'no puede ser igual al usuario'],
  ])('is told why in the language of the request: %s', async (lang, common, name) => {
    expect((await register({ lang, pwd: 'password' })).msg).toContain(common);
    expect((await register({ lang, pwd: 'new_name' })).msg).toContain(name);
  });
});

describe('at a change', () => {
  const change = (password: string) =>
    post('/safety/loginpwdupdate', {
      token: user.token,
      my_pwd: PASSWORD,
      new_pwd: password,
      confirm_new_pwd: password,
    });

  it.each(COMMON)('one of the most common is refused: %s', async (common) => {
    const before = await rowOf(test.db, user.id);
    expect(await change(common)).toMatchObject({ code: -1, msg: COMMON_MESSAGE });
    expect(await rowOf(test.db, user.id)).toEqual(before);
  });

  it.each(['some_body', 'SOME_BODY', MOBILE, EMAIL, EMAIL.toUpperCase(), 'Some.Body'])(
    'a name of the account is refused: %s',
    async (name) => {
      const before = await rowOf(test.db, user.id);
      expect(await change(name)).toEqual({
        msg: '新密码（new_pwd）不得与用户名、手机号码或邮箱相同',
        code: -1,
        data: [],
      });
      expect(await rowOf(test.db, user.id)).toEqual(before);
    },
  );

  it.each([
    `${MOBILE}x`,
    'some_body_',
    ' password ',
    'correct horse battery',
    'abcdefgi',
    '87654322',
    '123123124',
    'once more once more ',
    '0123456789'.repeat(7),
  ])('anything else is taken: %s', async (password) => {
    expect((await change(password)).code).toBe(0);
  });
});

describe('at a reset', () => {
  const reset = (accounts: string, verify: string, password: string) =>
    post('/user/forgetpwd', { accounts, verify, pwd: password });

  it.each([...COMMON, MOBILE])('is refused, and the code stays: %s', async (password) => {
    const verify = await receive('forgetpwd', MOBILE);
    const before = await rowOf(test.db, user.id);
    expect(await reset(MOBILE, verify, password)).toMatchObject({ code: -1 });
    expect(await rowOf(test.db, user.id)).toEqual(before);
    expect((await reset(MOBILE, verify, 'another password')).code).toBe(0);
  });

  it.each(['Some_body', EMAIL, 'some.body'])(
    'another name of the account is refused to who has the right code only: %s',
    async (name) => {
      const verify = await receive('forgetpwd', MOBILE);
      const before = await rowOf(test.db, user.id);
      const wrong = verify === '000000' ? '000001' : '000000';
      expect((await reset(MOBILE, wrong, name)).code).toBe(-11);
      expect(await reset(MOBILE, verify, name)).toMatchObject({ code: -1, msg: NAME_MESSAGE });
      expect(await rowOf(test.db, user.id)).toEqual(before);
    },
  );
});

it('who has a common password already goes on logging in with it', async () => {
  const salt = '123456';
  const stored = createHash('md5').update(`${salt}12345678`).digest('hex');
  await createUser(test.db, { username: 'old', pwd: stored, salt });
  const login = { type: 'username', accounts: 'old', pwd: '12345678' };
  expect((await post('/user/login', login)).code).toBe(0);
});
