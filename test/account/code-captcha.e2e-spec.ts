import { jest } from '@jest/globals';
import { createUser, type TestUser } from '../support/accounts.js';
import { watchCaptchas } from '../support/captcha-answers.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { CHEAP_HASHING, PASSWORD } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const FAILURES = 6;
const ADDRESS = '203.0.113.1';

const drawn = watchCaptchas();

/** Hundreds of requests on a machine that may be busy. */
jest.setTimeout(120_000);

let test: TestApp;
let channels: CodeChannels;
let user: TestUser;

const post = (path: string, parameters: object, address = ADDRESS, app = test) =>
  app.http.post(`/user/${path}`).set('X-Forwarded-For', address).send(parameters);

const sending = async (path: string, parameters: object, app = test): Promise<number> => {
  await test.db.query('DELETE FROM sxo_limited_use');
  return (await post(`${path}verifysend`, parameters, ADDRESS, app)).body.code as number;
};

const mobileOf = (index: number): string => `138001${String(index).padStart(5, '0')}`;

/** One wrong code at each of so many contacts, each from an address of its own, all at once. */
const spray = async (times: number, app = test) => {
  for (let index = 0; index < times; index += 1) {
    expect(await sending('login', { type: 'sms', accounts: mobileOf(index) }, app)).toBe(0);
  }
  const answers = await Promise.all(
    Array.from({ length: times }, (_, index) =>
      post(
        'login',
        { type: 'sms', accounts: mobileOf(index), verify: 'no code' },
        `198.51.100.${index}`,
        app,
      ),
    ),
  );
  expect(answers.map(({ body }) => body.code as number)).toEqual(Array<number>(times).fill(-11));
};

const draw = async (type: string, query = ''): Promise<string> => {
  await test.http.get(`/user/userverifyentry?type=${type}${query}`).set('X-Forwarded-For', ADDRESS);
  return drawn.at(-1)!;
};

const isShown = async (app = test): Promise<unknown> =>
  (await app.http.get('/base/common')).body.data.config.common_img_verify_state as unknown;

const letPass = (seconds: number) =>
  test.db.query(
    `UPDATE sxo_attempt SET
       failures = ARRAY(SELECT f - make_interval(secs => $1) FROM unnest(failures) f ORDER BY f)`,
    [seconds],
  );

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await startTestApp({
    ...CHEAP_HASHING,
    TRUST_PROXY: '1',
    CODE_CAPTCHA_AFTER_FAILURES: String(FAILURES),
    ...channels.env,
  });
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await channels.reset(test.db);
  user = await createUser(test.db, { username: 'someone', mobile: mobileOf(0) });
});

const TARGET = '13900139000';

describe.each([
  ['login', 'user_login', { type: 'sms', accounts: TARGET }],
  ['login', 'user_login', { type: 'sms', accounts: mobileOf(0) }],
  ['reg', 'user_reg', { type: 'email', accounts: 'someone@example.com' }],
  ['forgetpwd', 'user_forget', { accounts: TARGET }],
])('the picture captcha of user/%sverifysend', (path, type, parameters) => {
  it('is needed after wrong codes at many contacts, and not before', async () => {
    await spray(FAILURES - 1);
    expect(await isShown()).toBe(0);
    expect(await sending(path, { ...parameters, verify: '' })).toBe(0);
    expect(await sending(path, { ...parameters, verify: 'none is needed' })).toBe(0);
    await spray(1);
    expect(await isShown()).toBe(1);
    // What is sent after the answer has to be there before it is counted.
    await channels.lastCode(test, 'any');
    const sent = channels.sms.calls.length + channels.mail.mails.length;
    for (const verify of [undefined, '', 'ABCD']) {
      expect(await sending(path, { ...parameters, verify })).toBe(-10);
    }
    await draw(type);
    expect(await sending(path, { ...parameters, verify: 'no' })).toBe(-11);
    const used = await draw(type);
    expect(await sending(path, { ...parameters, verify: used })).toBe(0);
    expect(await sending(path, { ...parameters, verify: used })).toBe(-10);
    const verify = (await draw(type, '&uuid=abc')).toLowerCase();
    expect(await sending(path, { ...parameters, verify })).toBe(-10);
    expect(await sending(path, { ...parameters, verify, uuid: 'abc' })).toBe(0);
    await channels.lastCode(test, 'any');
    const isUnknown = path !== 'reg' && parameters.accounts === TARGET;
    expect(channels.sms.calls.length + channels.mail.mails.length).toBe(sent + (isUnknown ? 0 : 2));
  });

  it('is not that of another type', async () => {
    await spray(FAILURES);
    const verify = await draw(type === 'user_reg' ? 'user_login' : 'user_reg');
    expect(await sending(path, { ...parameters, verify })).toBe(-10);
  });
});

it('is over an hour after the wrong codes', async () => {
  await spray(FAILURES);
  const parameters = { type: 'sms', accounts: TARGET };
  expect(await sending('login', parameters)).toBe(-10);
  await letPass(60 * 60);
  expect(await sending('login', parameters)).toBe(0);
  expect(await isShown()).toBe(0);
});

it('is needed in another instance and after a restart, too', async () => {
  await spray(FAILURES);
  const other = await startTestApp({
    ...CHEAP_HASHING,
    DATABASE_URL: test.databaseUrl,
    CODE_CAPTCHA_AFTER_FAILURES: String(FAILURES),
    ...channels.env,
  });
  const answers = [
    await isShown(other),
    await sending('login', { type: 'sms', accounts: TARGET }, other),
  ];
  await other.close();
  expect(answers).toEqual([1, -10]);
});

it('leaves codes that were sent, and bindings, alone', async () => {
  expect(await sending('login', { type: 'sms', accounts: mobileOf(0) })).toBe(0);
  const code = await channels.lastCode(test, mobileOf(0));
  const other = mobileOf(9);
  for (let index = 1; index <= FAILURES; index += 1) {
    await sending('login', { type: 'sms', accounts: other });
    await post('login', { type: 'sms', accounts: other, verify: 'no' }, `198.51.100.${index}`);
  }
  expect(await isShown()).toBe(1);
  const login = { type: 'sms', accounts: mobileOf(0), verify: code, pwd: PASSWORD };
  expect((await post('login', login)).body.code).toBe(0);
  expect(await sending('appmobilebind', { mobile: TARGET, token: user.token })).toBe(0);
});

it('is never needed where the setting is 0', async () => {
  const never = await startTestApp({
    ...CHEAP_HASHING,
    TRUST_PROXY: '1',
    DATABASE_URL: test.databaseUrl,
    CODE_CAPTCHA_AFTER_FAILURES: '0',
    ...channels.env,
  });
  await spray(FAILURES + 1, never);
  const answers = [
    await isShown(never),
    await sending('login', { type: 'sms', accounts: TARGET }, never),
  ];
  await never.close();
  expect(answers).toEqual([0, 0]);
});
