import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { startMailServer, textOf } from '../support/mail-server.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = 'battery staple';
const MOBILE = '13800138000';
const EMAIL = 'owner@example.com';
const NEW_MOBILE = '13900139001';
const NEW_EMAIL = 'new.one@example.com';
const NAME = 'someone';
const HOME = '203.0.113.7';
const ABROAD = '198.51.100.9';
const NOTICE_TEMPLATE = 'SMS_notice';

let test: TestApp;
let channels: CodeChannels;
let pwd: string;
let user: TestUser;

const start = (env: Record<string, string> = {}): Promise<TestApp> =>
  startTestApp({
    ...CHEAP_HASHING,
    ...channels.env,
    ALIYUN_SMS_NOTICE_TEMPLATE_CODE: NOTICE_TEMPLATE,
    TRUST_PROXY: '1',
    SECURITY_NOTICES: 'on',
    ...env,
  });

const post = (path: string, parameters: object, { from = HOME, lang = 'zh', of = test } = {}) =>
  of.http
    .post(path)
    .set('X-Forwarded-For', from)
    .send({ lang, application_client_type: 'ios', ...parameters })
    .then(({ body }) => Number(body.code));

const login = (from: string, lang = 'zh', of = test): Promise<number> =>
  post('/user/login', { type: 'username', accounts: NAME, pwd: PASSWORD }, { from, lang, of });

const changePassword = (options = {}): Promise<number> =>
  post(
    '/safety/loginpwdupdate',
    { token: user.token, my_pwd: PASSWORD, new_pwd: NEW_PASSWORD, confirm_new_pwd: NEW_PASSWORD },
    options,
  );

const settle = (of = test): Promise<void> => of.app.get(OutboxWorker).settled();

/** Removes the contacts of the user but for these. */
const bound = (contacts: { mobile?: string; email?: string }) =>
  test.db.query('UPDATE sxo_user SET mobile = $2, email = $3 WHERE id = $1', [
    user.id,
    contacts.mobile ?? '',
    contacts.email ?? '',
  ]);

interface Notice {
  readonly to: string;
  readonly text: string;
}

/** The notices that were sent, without the messages that had codes. */
const notices = async (of = test): Promise<Notice[]> => {
  await settle(of);
  const mails = channels.mail.mails
    .map((mail) => ({ to: mail.to.join(), text: textOf(mail) }))
    .filter(({ text }) => !/\b\d{8}\b/.test(text));
  const messages = channels.sms.calls
    .filter(({ parameters }) => parameters.TemplateCode === NOTICE_TEMPLATE)
    .map(({ parameters }) => ({ to: parameters.PhoneNumbers!, text: parameters.TemplateParam! }));
  return [...mails, ...messages];
};

const recipients = async (): Promise<string[]> => (await notices()).map(({ to }) => to).sort();

async function bind(kind: 'mobile' | 'email', contact: string): Promise<number> {
  const { token } = user;
  await post(`/user/app${kind}bindverifysend`, { token, [kind]: contact });
  const verify = await channels.lastCode(test, contact);
  return post(`/user/app${kind}bind`, { token, [kind]: contact, verify, pwd: PASSWORD });
}

async function resetPassword(account: string): Promise<number> {
  await post('/user/forgetpwdverifysend', { accounts: account });
  const verify = await channels.lastCode(test, account);
  return post('/user/forgetpwd', { accounts: account, verify, pwd: NEW_PASSWORD });
}

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
  user = await createUser(test.db, { username: NAME, mobile: MOBILE, email: EMAIL, pwd });
});

describe('the owner is told', () => {
  it('of a changed password: what, when, from where and what to do', async () => {
    const second = (date: Date) => date.toISOString().slice(0, 19).replace('T', ' ');
    const inShanghai = (ms: number) => second(new Date(ms + 8 * 3_600_000));
    const before = inShanghai(Date.now());
    expect(await changePassword({ from: ABROAD })).toBe(0);
    const after = inShanghai(Date.now());
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice!.to).toBe(EMAIL);
    expect(notice!.text).toContain('登录密码已修改');
    expect(notice!.text).toContain(`网络地址：${ABROAD}`);
    expect(notice!.text).toContain('客户端：ios');
    expect(notice!.text).toContain('如果不是，请立即登录修改密码');
    const [, time = ''] = /时间：(.{19})（Asia\/Shanghai）/.exec(notice!.text) ?? [];
    expect(time >= before && time <= after).toBe(true);
  });

  it.each([
    ['zh', '登录密码已修改', '时间'],
    ['en', 'the password was changed', 'Time'],
    ['cht', '登入密碼已修改', '時間'],
    ['spa', 'se ha cambiado la contraseña', 'Hora'],
  ])('in the language of the request: %s', async (lang, event, time) => {
    await changePassword({ lang });
    const [notice] = await notices();
    expect(notice!.text).toContain(event);
    expect(notice!.text).toContain(time);
  });

  it('of a password that was reset', async () => {
    expect(await resetPassword(EMAIL)).toBe(0);
    expect(await notices()).toEqual([
      { to: EMAIL, text: expect.stringContaining('登录密码已重新设置') },
    ]);
  });

  it('of another email address, at the old one and the new one', async () => {
    expect(await bind('email', NEW_EMAIL)).toBe(0);
    expect(await recipients()).toEqual([NEW_EMAIL, EMAIL].sort());
    for (const { text } of await notices()) {
      expect(text).toContain('绑定的邮箱已更换');
      // Neither is told to whom the other belongs.
      expect(text).not.toMatch(/@/);
    }
  });

  it('of another mobile number, once, by mail', async () => {
    expect(await bind('mobile', NEW_MOBILE)).toBe(0);
    expect(await notices()).toEqual([
      { to: EMAIL, text: expect.stringContaining('绑定的手机号码已更换') },
    ]);
  });

  it('of a first email address that takes over from the mobile number, at both', async () => {
    await bound({ mobile: MOBILE });
    expect(await bind('email', NEW_EMAIL)).toBe(0);
    expect(await recipients()).toEqual([MOBILE, NEW_EMAIL].sort());
  });

  it("of the account's end, though the row has no contact any more", async () => {
    expect(await post('/safety/logout', { token: user.token, pwd: PASSWORD })).toBe(0);
    expect(await notices()).toEqual([{ to: EMAIL, text: expect.stringContaining('账号已注销') }]);
  });

  it('by SMS where there is no mail, by a template of its own', async () => {
    await bound({ mobile: MOBILE });
    expect(await changePassword()).toBe(0);
    const [notice, ...more] = await notices();
    expect(more).toEqual([]);
    expect(notice!.to).toBe(MOBILE);
    expect(JSON.parse(notice!.text)).toEqual({
      event: '登录密码已修改',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
  });

  it('of nothing where no contact is bound', async () => {
    await bound({});
    expect(await changePassword()).toBe(0);
    expect(await notices()).toEqual([]);
  });

  it('of nothing where a contact is bound again', async () => {
    expect(await bind('email', EMAIL)).toBe(0);
    expect(await notices()).toEqual([]);
  });

  it('of nothing that was refused', async () => {
    const { token } = user;
    expect(await post('/safety/logout', { token, pwd: 'wrong' })).toBe(-4);
    expect(
      await post('/user/appemailbind', { token, email: NEW_EMAIL, verify: '1', pwd: PASSWORD }),
    ).toBe(-10);
    expect(await notices()).toEqual([]);
  });
});

describe('a login', () => {
  it('from an address that is new to the account is told of, once', async () => {
    expect(await login(HOME)).toBe(0);
    expect(await notices()).toEqual([]);
    expect(await login(ABROAD)).toBe(0);
    expect(await login(ABROAD)).toBe(0);
    expect(await login(HOME)).toBe(0);
    const told = await notices();
    expect(told).toEqual([{ to: EMAIL, text: expect.stringContaining('账号在新的网络地址登录') }]);
    expect(told[0]!.text).toContain(ABROAD);
  });

  it('from another address of a known IPv6 network is no news', async () => {
    await login('2001:db8:1:2::5');
    await login('2001:db8:1:2:ffff::9');
    expect(await notices()).toEqual([]);
    await login('2001:db8:1:3::5');
    expect(await notices()).toEqual([
      { to: EMAIL, text: expect.stringContaining('2001:db8:1:3::/64') },
    ]);
  });

  it('by code is told of as well', async () => {
    await login(HOME);
    await post('/user/loginverifysend', { type: 'email', accounts: EMAIL });
    const verify = await channels.lastCode(test, EMAIL);
    expect(
      await post('/user/login', { type: 'email', accounts: EMAIL, verify }, { from: ABROAD }),
    ).toBe(0);
    expect(await recipients()).toEqual([EMAIL]);
  });

  it('by registration is no news', async () => {
    await post('/user/regverifysend', { type: 'email', accounts: NEW_EMAIL });
    const verify = await channels.lastCode(test, NEW_EMAIL);
    const registration = { type: 'email', accounts: NEW_EMAIL, verify, pwd: PASSWORD };
    expect(await post('/user/reg', registration, { from: ABROAD })).toBe(0);
    expect(await notices()).toEqual([]);
  });

  it('that fails is not told of', async () => {
    await login(HOME);
    const wrong = { type: 'username', accounts: NAME, pwd: 'wrong' };
    expect(await post('/user/login', wrong, { from: ABROAD })).toBe(-4);
    expect(await notices()).toEqual([]);
  });
});

it('no notice names the account, or has a password, a code or a token in it', async () => {
  await login(HOME);
  await login(ABROAD);
  await bind('mobile', NEW_MOBILE);
  await changePassword();
  await post('/safety/logout', { token: user.token, pwd: NEW_PASSWORD });
  const told = await notices();
  expect(told.length).toBe(4);
  const secrets = [NAME, MOBILE, NEW_MOBILE, EMAIL, PASSWORD, NEW_PASSWORD, user.token];
  for (const { text } of told) {
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/\d{5,}/);
  }
});

describe('the settings', () => {
  const within = async (env: Record<string, string>, work: (of: TestApp) => Promise<void>) => {
    const of = await start({ DATABASE_URL: test.databaseUrl, ...env });
    try {
      await work(of);
      await settle(of);
    } finally {
      await of.close();
    }
  };

  it.each([
    ['off', []],
    ['password,contact,closing', []],
    ['address', [EMAIL]],
  ])('switch notices off, all or some: %s', async (SECURITY_NOTICES, told) => {
    await within({ SECURITY_NOTICES }, async (of) => {
      await login(HOME, 'zh', of);
      await login(ABROAD, 'zh', of);
    });
    expect(await recipients()).toEqual(told);
  });

  it('send none by SMS without a template, and none by mail without a server', async () => {
    await bound({ mobile: MOBILE });
    await within({ ALIYUN_SMS_NOTICE_TEMPLATE_CODE: '' }, async (of) => {
      await login(HOME, 'zh', of);
      await login(ABROAD, 'zh', of);
    });
    await bound({ email: EMAIL });
    await within({ SMTP_URL: '', MAIL_FROM: '' }, async (of) => {
      await login('192.0.2.1', 'zh', of);
    });
    expect(await notices()).toEqual([]);
    expect((await test.db.query('SELECT FROM sxo_event_delivery')).rowCount).toBe(0);
  });
});

describe('a mail server', () => {
  it('that is away fails no request, and is tried again', async () => {
    const away = await startMailServer();
    await away.close();
    const of = await start({ DATABASE_URL: test.databaseUrl, SMTP_URL: away.url });
    try {
      await login(HOME, 'zh', of);
      expect(await login(ABROAD, 'zh', of)).toBe(0);
      await settle(of);
    } finally {
      await of.close();
    }
    const { rows } = await test.db.query('SELECT listener, tries FROM sxo_event_delivery');
    expect(rows).toEqual([{ listener: 'SecurityNoticeListener.tellOfAddress', tries: 1 }]);
    expect(await notices()).toEqual([]);
    await test.db.query('UPDATE sxo_event_delivery SET due_time = now()');
    await test.app.get(OutboxWorker).poll();
    expect(await recipients()).toEqual([EMAIL]);
  });

  it('that refuses the recipient for good is not tried again', async () => {
    const refusing = await startMailServer({
      onRcptTo: (_address, _session, callback) =>
        callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 })),
    });
    const of = await start({ DATABASE_URL: test.databaseUrl, SMTP_URL: refusing.url });
    try {
      await login(HOME, 'zh', of);
      await login(ABROAD, 'zh', of);
      await settle(of);
    } finally {
      await of.close();
      await refusing.close();
    }
    expect((await test.db.query('SELECT FROM sxo_event_delivery')).rowCount).toBe(0);
  });
});
