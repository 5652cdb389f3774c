import { OutboxWorker } from '../../src/events/outbox.worker.js';
import {
  MINI_PROGRAM_TYPES,
  type MiniProgramType,
} from '../../src/modules/platform-identity/mini-program-type.js';
import { createUser, rowOf } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { MiniProgramClient } from '../support/mini-program-client.js';
import { PlatformServer, type PlatformUser } from '../support/platform-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PASSWORD = 'correct horse';

let platforms: PlatformServer;
let channels: CodeChannels;
let test: TestApp;

beforeAll(async () => {
  [platforms, channels] = await Promise.all([PlatformServer.start(), startCodeChannels()]);
  test = await startTestApp({
    ...platforms.settings,
    ...channels.env,
    REGISTRATIONS_PER_HOUR: '10000',
  });
});

afterAll(async () => {
  await test.close();
  await Promise.all([platforms.close(), channels.close()]);
});

let last = 0;
const stranger = (): PlatformUser => ({ openid: `f_${(last += 1)}` });
const newName = (): string => `form_${(last += 1)}`;

const client = (type: MiniProgramType, me = stranger()) =>
  new MiniProgramClient(test.url, platforms, type, me);

/** The client's form, with what a mini-program adds to it. */
const fill = (me: MiniProgramClient, action: 'login' | 'reg', accounts: string, pwd = PASSWORD) =>
  me.request(`user/${action}`, { type: 'username', accounts, pwd, verify: '', ...me.formFields() });

const register = async (): Promise<string> => {
  const name = newName();
  const me = client('weixin');
  const { code } = await me.request('user/reg', {
    type: 'username',
    accounts: name,
    pwd: PASSWORD,
  });
  if (code !== 0) throw new Error(`not registered: ${code}`);
  return name;
};

const openidOf = async (id: string, type: MiniProgramType): Promise<string> => {
  const { rows } = await test.db.query<{ openid: string }>(
    `SELECT ${type}_openid AS openid FROM sxo_user_platform WHERE user_id = $1 AND platform = $2`,
    [id, type],
  );
  return rows[0]?.openid ?? '';
};

const IN_TWO_STEPS = MINI_PROGRAM_TYPES.filter((type) => type !== 'weixin');

describe.each(IN_TWO_STEPS)('%s', (type) => {
  it.each(['login', 'reg'] as const)('links the account of user/%s', async (action) => {
    const name = action === 'login' ? await register() : newName();
    const me = client(type);
    await me.userLogin();
    const { code, data } = await fill(me, action, name);
    expect(code).toBe(0);
    expect(data).toMatchObject({ username: name, [`${type}_openid`]: me.me.openid });
    const again = await client(type, me.me).userLogin();
    expect(again.data).toMatchObject({ id: data.id, is_user_exist: 1 });
  });

  it('links nothing where the form fails, and the ticket goes on', async () => {
    const name = await register();
    const me = client(type);
    await me.userLogin();
    expect(await fill(me, 'login', name, 'wrong')).toMatchObject({ code: -4 });
    expect(await fill(me, 'reg', name)).toMatchObject({ code: -3 });
    expect(await fill(me, 'login', name)).toMatchObject({ code: 0 });
  });

  it('links once: a ticket that was used is refused', async () => {
    const [first, second] = [await register(), await register()];
    const me = client(type);
    await me.userLogin();
    await fill(me, 'login', first);
    const answer = await fill(me, 'login', second);
    expect(answer).toMatchObject({ code: -1, data: [] });
    expect(answer.msg).toContain(`（${type}_openid）`);
  });

  it('links one of two accounts that use it at once', async () => {
    const names = [await register(), await register()];
    const me = client(type);
    await me.userLogin();
    const answers = await Promise.all(names.map((name) => fill(me, 'login', name)));
    expect(answers.map(({ code }) => code).sort()).toEqual([-1, 0]);
  });

  it('does not take the identity from another account', async () => {
    const [one, two] = [client(type), client(type)];
    const both = [one, new MiniProgramClient(test.url, platforms, type, one.me)];
    for (const each of both) await each.userLogin();
    await fill(both[0]!, 'login', await register());
    expect(await fill(both[1]!, 'login', await register())).toEqual({
      msg: '该平台账号已绑定其他用户',
      code: -3,
      data: [],
    });
    expect(two.me.openid).not.toBe(one.me.openid);
  });

  it('ignores the own openid of who sends a token', async () => {
    const me = client(type);
    const { id } = await me.signIn();
    const name = await register();
    const { code, data } = await fill(me, 'login', name);
    expect(code).toBe(0);
    expect(data.id).not.toBe(id);
    expect(data[`${type}_openid`]).toBe('');
    expect(await openidOf(id, type)).toBe(me.me.openid);
  });
});

it('replaces the openid that the account had, and records it masked', async () => {
  const name = await register();
  const [before, after] = [client('baidu'), client('baidu')];
  for (const me of [before, after]) {
    await me.userLogin();
    expect(await fill(me, 'login', name)).toMatchObject({ code: 0 });
  }
  const { id } = after.user ?? (await after.signIn());
  expect(await openidOf(id, 'baidu')).toBe(after.me.openid);
  const { rows } = await test.db.query<{ changes: unknown }>(
    `SELECT changes FROM sxo_user_audit
     WHERE user_id = $1 AND action = 'platform.linked' ORDER BY id`,
    [id],
  );
  const masked = ({ me: { openid } }: MiniProgramClient) => `${openid.slice(0, 4)}****`;
  expect(rows.map(({ changes }) => changes)).toEqual([
    { platform_identity: { old: '', new: masked(before) } },
    { platform_identity: { old: masked(before), new: masked(after) } },
  ]);
});

it('ignores the openid of another platform than the client’s', async () => {
  const me = client('qq');
  const name = await register();
  const body = { type: 'username', accounts: name, pwd: PASSWORD, baidu_openid: 'b_1' };
  expect(await me.request('user/login', body)).toMatchObject({ code: 0 });
  const h5 = client('h5' as MiniProgramType);
  expect(await h5.request('user/login', body)).toMatchObject({ code: 0 });
});

it.each([
  ['mobile', 'appmobilebind', '13700137001'],
  ['email', 'appemailbind', 'form@example.com'],
])('links the account that binds a %s', async (field, action, contact) => {
  const me = client('alipay');
  const { id } = await createUser(test.db);
  await me.userLogin();
  const name = await register();
  const user = (await me.request('user/login', { type: 'username', accounts: name, pwd: PASSWORD }))
    .data;
  me.user = user;
  await me.request(`user/${action}verifysend`, { [field]: contact });
  const verify = await channels.lastCode(test, contact);
  const body = { [field]: contact, verify, alipay_openid: me.login!.openid };
  const raw = { ...body, alipay_openid: 'a_raw' };
  expect(await me.request(`user/${action}`, raw)).toMatchObject({ code: -1, data: [] });
  expect(await rowOf(test.db, user.id)).toMatchObject({ [field]: '' });
  expect(await me.request(`user/${action}`, body)).toMatchObject({
    code: 0,
    msg: '绑定成功',
    data: { id: user.id, [field]: contact, alipay_openid: me.me.openid },
  });
  expect(await openidOf(id, 'alipay')).toBe('');
});

it('keeps the key of the platform’s session for who signs in by a form', async () => {
  const me = client('baidu');
  await me.userLogin();
  const { data } = await fill(me, 'login', await register());
  me.user = data;
  const claim = me.mobileFields(me.sealed({ mobile: '13700137002' }));
  expect(await me.request('user/onekeyusermobiledecrypt', claim)).toMatchObject({
    code: 0,
    data: '13700137002',
  });
});

it('is told of to the owner of an account that was there, and to no new one', async () => {
  const name = await register();
  const of = await startTestApp({
    DATABASE_URL: test.databaseUrl,
    ...platforms.settings,
    SECURITY_NOTICES: 'platform',
  });
  try {
    const titles = async (action: 'login' | 'reg', accounts: string) => {
      const me = new MiniProgramClient(of.url, platforms, 'kuaishou', stranger());
      await me.userLogin();
      const { data } = await fill(me, action, accounts);
      await of.app.get(OutboxWorker).settled();
      const { rows } = await of.db.query<{ title: string }>(
        'SELECT title FROM sxo_message WHERE user_id = $1',
        [data.id],
      );
      return rows.map(({ title }) => title);
    };
    expect(await titles('login', name)).toEqual(['账号安全提醒：账号绑定了新的小程序登录']);
    expect(await titles('reg', newName())).toEqual([]);
  } finally {
    await of.close();
  }
});
