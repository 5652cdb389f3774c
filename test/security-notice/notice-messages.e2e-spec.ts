import { Transactions } from '../../src/database/transactions.js';
import { DomainEvents } from '../../src/events/domain-events.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { PasswordChangedEvent } from '../../src/modules/account/account.events.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { startMailServer } from '../support/mail-server.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Shown {
  readonly title: string;
  readonly detail: string;
  readonly business_type: string;
}

const NEW_PASSWORD = 'battery staple';
const NAME = 'someone';
const HOME = '203.0.113.7';
const ABROAD = '198.51.100.9';

let test: TestApp;
let channels: CodeChannels;
let pwd: string;
let user: TestUser;

const start = (env: Record<string, string> = {}): Promise<TestApp> =>
  startTestApp({
    ...CHEAP_HASHING,
    ...channels.env,
    TRUST_PROXY: '1',
    SECURITY_NOTICES: 'on',
    ...env,
  });

const post = (path: string, parameters: object, { from = HOME, lang = 'zh', of = test } = {}) =>
  of.http
    .post(path)
    .set('X-Forwarded-For', from)
    .send({ lang, token: user.token, ...parameters })
    .then(({ body }) => body as { code: number; data: { data: Shown[] } });

const settle = (of = test): Promise<void> => of.app.get(OutboxWorker).settled();

const messages = async (of = test): Promise<Shown[]> => {
  await settle(of);
  return (await post('/message/index', {}, { of })).data.data;
};

const changePassword = async (options = {}): Promise<void> => {
  const parameters = { my_pwd: PASSWORD, new_pwd: NEW_PASSWORD, confirm_new_pwd: NEW_PASSWORD };
  expect(await post('/safety/loginpwdupdate', parameters, options)).toMatchObject({ code: 0 });
};

const login = async (from: string, of = test): Promise<void> => {
  const parameters = { type: 'username', accounts: NAME, pwd: PASSWORD };
  expect(await post('/user/login', parameters, { from, of })).toMatchObject({ code: 0 });
};

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await start();
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await test.db.query('TRUNCATE sxo_event_delivery');
  await channels.reset(test.db);
  user = await createUser(test.db, { username: NAME, pwd });
});

it.each([
  ['zh', '账号安全提醒：登录密码已修改', '账号安全', '网络地址'],
  ['en', 'Account security: the password was changed', 'Account security', 'Network address'],
  ['cht', '帳號安全提醒：登入密碼已修改', '帳號安全', '網路位址'],
  [
    'spa',
    'Seguridad de la cuenta: se ha cambiado la contraseña',
    'Seguridad de la cuenta',
    'Dirección de red',
  ],
])(
  'a new password is told of among the messages, in the language of the change: %s',
  async (lang, title, businessType, address) => {
    await changePassword({ lang, from: ABROAD });
    const [message, ...more] = await messages();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ title, business_type: businessType });
    expect(message!.detail).toContain(`<br>${address}`);
    expect(message!.detail).toContain(ABROAD);
  },
);

it('another contact is told of once, though it goes to both by mail', async () => {
  const EMAIL = 'owner@example.com';
  await test.db.query('UPDATE sxo_user SET email = $2 WHERE id = $1', [user.id, EMAIL]);
  const email = 'new.one@example.com';
  await post('/user/appemailbindverifysend', { email });
  const verify = await channels.lastCode(test, email);
  const bound = await post('/user/appemailbind', { email, verify, pwd: PASSWORD });
  expect(bound.code).toBe(0);
  expect(await messages()).toMatchObject([{ title: '账号安全提醒：绑定的邮箱已更换' }]);
});

it('a login from an address that is new to the account is told of', async () => {
  await login(HOME);
  await login(ABROAD);
  await login(ABROAD);
  expect(await messages()).toMatchObject([
    { title: '账号安全提醒：账号在新的网络地址登录', detail: expect.stringContaining(ABROAD) },
  ]);
});

it('an event that is delivered twice, also at once, is told of once', async () => {
  const payload = {
    userId: user.id,
    mobile: '',
    email: '',
    time: new Date().toISOString(),
    address: HOME,
    clientType: 'pc',
    language: 'zh',
    way: 'reset',
  } as const;
  const publish = (change = {}) =>
    test.app.get(Transactions, { strict: false }).transaction(async () => {
      await test.app.get(DomainEvents).publish(new PasswordChangedEvent({ ...payload, ...change }));
    });
  await Promise.all([publish(), publish(), publish()]);
  await settle();
  await publish();
  expect(await messages()).toHaveLength(1);
  await publish({ time: new Date(Date.parse(payload.time) + 1).toISOString() });
  expect(await messages()).toHaveLength(2);
});

it('a mail server that is away keeps no message back', async () => {
  const away = await startMailServer();
  await away.close();
  await test.db.query(`UPDATE sxo_user SET email = 'owner@example.com' WHERE id = $1`, [user.id]);
  const of = await start({ DATABASE_URL: test.databaseUrl, SMTP_URL: away.url });
  try {
    await changePassword({ of });
    expect(await messages(of)).toHaveLength(1);
  } finally {
    await of.close();
  }
});

it.each([
  ['off', 0],
  ['address', 0],
  ['password', 1],
])('the setting switches them, all or some: %s', async (SECURITY_NOTICES, told) => {
  const of = await start({ DATABASE_URL: test.databaseUrl, SECURITY_NOTICES });
  try {
    await changePassword({ of });
    expect(await messages(of)).toHaveLength(told);
  } finally {
    await of.close();
  }
});
