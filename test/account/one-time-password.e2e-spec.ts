import { OperatorPasswordService } from '../../src/modules/account/operator/operator-password.service.js';
import { createSession, createUser, ORIGIN } from '../support/accounts.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;
let id: string;
let password: string;
/** Of a session from before. */
let token: string;

const post = async (path: string, parameters: object, sent?: string) => {
  const request = test.http.post(path);
  if (sent !== undefined) void request.set('Authorization', `Bearer ${sent}`);
  return (await request.send(parameters)).body;
};

const login = (pwd: string) => post('/user/login', { type: 'username', accounts: 'someone', pwd });

const storedNow = async (): Promise<string> =>
  (await test.db.query<{ pwd: string }>('SELECT pwd FROM sxo_user WHERE id = $1', [id])).rows[0]!
    .pwd;

/** Moves the password's last second. */
const expireIn = async (seconds: number): Promise<void> => {
  const until = Math.floor(Date.now() / 1_000) + seconds;
  const pwd = (await storedNow()).replace(/^once:\d+:/, `once:${until}:`);
  await test.db.query('UPDATE sxo_user SET pwd = $2 WHERE id = $1', [id, pwd]);
};

beforeAll(async () => {
  test = await startTestApp({ ...CHEAP_HASHING, ATTEMPT_ADDRESS_LIMIT: '1000' });
});

afterAll(() => test.close());

beforeEach(async () => {
  await test.db.query('DELETE FROM sxo_user');
  const user = await createUser(test.db, { username: 'someone', pwd: await storedPassword() });
  ({ id, token } = user);
  const set = await test.app
    .get(OperatorPasswordService)
    .setOneTime(id, { ...ORIGIN, clientType: 'operator', operator: 'kim' });
  expect(set!.until.getTime() - Date.now()).toBeGreaterThan(23 * 60 * 60 * 1_000);
  password = set!.password;
});

it('takes the place of the password, and ends every session', async () => {
  expect((await post('/personal/index', {}, token)).code).toBe(-400);
  expect((await login(PASSWORD)).code).toBe(-4);
  expect(await storedNow()).not.toContain(password);
  const { rows } = await test.db.query(
    'SELECT action, operator FROM sxo_user_audit WHERE user_id = $1 ORDER BY id',
    [id],
  );
  expect(rows).toEqual([
    { action: 'password.once_set', operator: 'kim' },
    { action: 'session.revoked_by_password', operator: 'kim' },
  ]);
});

it('lets its owner in once, of several at once, too', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => login(password)));
  expect(answers.map(({ code }) => code).sort()).toEqual([-4, -4, 0]);
  expect(await storedNow()).toBe('');
  expect((await login('')).code).toBe(-1);

  const { data } = answers.find(({ code }) => code === 0)!;
  const change = { new_pwd: 'battery staple', confirm_new_pwd: 'battery staple' };
  expect((await post('/safety/loginpwdupdate', change, data.token)).code).toBe(0);
  expect((await login('battery staple')).code).toBe(0);
});

it('lets nobody in after its last second, by whatever proves an account', async () => {
  await expireIn(-1);
  expect((await login(password)).code).toBe(-4);
  const other = await createSession(test.db, id);
  const change = { new_pwd: 'battery staple', confirm_new_pwd: 'battery staple' };
  const proven = await post('/safety/loginpwdupdate', { ...change, my_pwd: password }, other);
  expect(proven.code).toBe(-4);
  await expireIn(60);
  expect((await login(password)).code).toBe(0);
});

it('ends with a new password', async () => {
  const other = await createSession(test.db, id);
  const change = { new_pwd: 'battery staple', confirm_new_pwd: 'battery staple' };
  expect((await post('/safety/loginpwdupdate', { ...change, my_pwd: password }, other)).code).toBe(
    0,
  );
  expect((await login(password)).code).toBe(-4);
  expect((await login('battery staple')).code).toBe(0);
  expect((await login('battery staple')).code).toBe(0);
});

it('is not used up where its account is banned', async () => {
  await test.db.query('UPDATE sxo_user SET status = 2 WHERE id = $1', [id]);
  expect((await login(password)).code).toBe(-110);
  await test.db.query('UPDATE sxo_user SET status = 0 WHERE id = $1', [id]);
  expect((await login(password)).code).toBe(0);
});
