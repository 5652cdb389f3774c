import type { ServerResponse } from 'node:http';
import {
  MINI_PROGRAM_TYPES,
  type MiniProgramType,
} from '../../src/modules/platform-identity/mini-program-type.js';
import { createUser, rowOf } from '../support/accounts.js';
import { MiniProgramClient } from '../support/mini-program-client.js';
import { PlatformServer, type PlatformUser } from '../support/platform-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let platforms: PlatformServer;
let test: TestApp;
/** Another instance on the same database. */
let other: TestApp;

beforeAll(async () => {
  platforms = await PlatformServer.start();
  test = await startTestApp({ ...platforms.settings, REGISTRATIONS_PER_HOUR: '10000' });
  other = await startTestApp({
    ...platforms.settings,
    REGISTRATIONS_PER_HOUR: '10000',
    DATABASE_URL: test.databaseUrl,
  });
});

afterEach(() => {
  platforms.fault = undefined;
});

afterAll(async () => {
  await other.close();
  await test.close();
  await platforms.close();
});

let lastUser = 0;
const stranger = (): PlatformUser => ({ openid: `o_${(lastUser += 1)}` });

const client = (type: MiniProgramType, me = stranger(), { url } = test) =>
  new MiniProgramClient(url, platforms, type, me);

const userCount = async (): Promise<number> =>
  (await test.db.query('SELECT FROM sxo_user')).rowCount!;

const linkedTo = async (type: MiniProgramType, openid: string): Promise<string[]> => {
  const { rows } = await test.db.query<{ user_id: string }>(
    `SELECT user_id FROM sxo_user_platform WHERE ${type}_openid = $1`,
    [openid],
  );
  return rows.map(({ user_id }) => user_id);
};

const DEFAULT_NICKNAMES = {
  weixin: '微信用户',
  qq: 'QQ用户',
  baidu: '百度用户',
  toutiao: '头条用户',
  kuaishou: '快手用户',
  alipay: '支付宝用户',
} as const;

const IN_TWO_STEPS = MINI_PROGRAM_TYPES.filter((type) => type !== 'weixin');

describe.each(MINI_PROGRAM_TYPES)('%s', (type) => {
  it('makes an unknown user an account', async () => {
    const before = await userCount();
    const me = client(type);
    const first = await me.userLogin();
    expect(first).toMatchObject({ code: 0, msg: '授权登录成功' });
    if (type === 'weixin') {
      expect(first.data).toMatchObject({ is_user_exist: 1, is_mandatory_bind_mobile: 0 });
    } else {
      const { openid } = first.data;
      expect(openid).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(first.data).toEqual({ is_user_exist: 0, openid, [`${type}_openid`]: openid });
      expect(await userCount()).toBe(before);
      const info = await me.userInfo();
      expect(info).toMatchObject({ code: 0, msg: '授权成功' });
      expect(info.data).toMatchObject({
        nickname: 'p001',
        gender: { kuaishou: '0' }[type as string] ?? '1',
        is_mandatory_bind_mobile: 0,
      });
    }
    expect(await userCount()).toBe(before + 1);
    const user = me.user!;
    expect(user[`${type}_openid`]).toBe(me.me.openid);
    expect(user.avatar).toContain('default-user-avatar');
    expect(await me.request('personal/index')).toMatchObject({ code: 0 });
    expect(await linkedTo(type, me.me.openid)).toEqual([user.id]);
  });

  it('signs a known user in to the same account, with a new token', async () => {
    const me = client(type);
    const before = await me.signIn();
    const again = client(type, me.me, other);
    const { code, msg, data } = await again.userLogin();
    expect({ code, msg }).toEqual({ code: 0, msg: '授权登录成功' });
    expect(data).toMatchObject({ id: before.id, is_user_exist: 1, is_mandatory_bind_mobile: 0 });
    expect(data.token).not.toBe(before.token);
    expect(await again.request('personal/index')).toMatchObject({ code: 0 });
  });

  it('makes one account of two sign-ins at once, on two instances', async () => {
    const me = stranger();
    const both = [client(type, me), client(type, me, other)];
    const before = await userCount();
    await Promise.all(both.map((one) => one.userLogin()));
    if (type !== 'weixin') await Promise.all(both.map((one) => one.userInfo()));
    const ids = both.map(({ user }) => user!.id);
    expect(new Set(ids).size).toBe(1);
    expect(await userCount()).toBe(before + 1);
    expect(await linkedTo(type, me.openid)).toEqual([ids[0]]);
  });

  it('refuses a raw openid at every door, a known one, too', async () => {
    const known = client(type);
    await known.signIn();
    const thief = client(type);
    const raw = known.me.openid;
    const pwd = 'correct horse';
    for (const [action, body] of [
      ['user/appminiuserinfo', { openid: raw, auth_data: '{"nickName":"x"}' }],
      ['user/userbasereg', { openid: raw, nickname: 'x' }],
      ['user/reg', { type: 'username', accounts: 'thief', pwd, [`${type}_openid`]: raw }],
      ['user/login', { type: 'username', accounts: 'thief', pwd, [`${type}_openid`]: raw }],
    ] as const) {
      const answer = await thief.request(action, body);
      expect({ action, ...answer }).toMatchObject({ action, code: -1, data: [] });
      expect(answer.msg).toContain('请重新授权登录');
    }
    expect(await linkedTo(type, raw)).toEqual([known.user!.id]);
  });

  it('refuses a login code that was used, or is none', async () => {
    const me = client(type);
    const { code } = platforms.logIn(type, me.me);
    await me.request('user/appminiuserauth', { authcode: code });
    const before = await userCount();
    for (const authcode of [code, 'made-up']) {
      expect(await me.request('user/appminiuserauth', { authcode })).toEqual({
        msg: '平台未通过授权码，请重新授权',
        code: -1,
        data: [],
      });
    }
    expect(await userCount()).toBe(before);
  });

  it.each([
    ['2', '账号已被禁止登录'],
    ['3', '账号待审核'],
  ])('answers -110 for an account of status %s', async (status, msg) => {
    const me = client(type);
    const { id } = await me.signIn();
    await test.db.query('UPDATE sxo_user SET status = $2 WHERE id = $1', [id, status]);
    expect(await client(type, me.me).userLogin()).toEqual({ msg, code: -110, data: [] });
  });

  it('opens a new account for the identity of one that was closed or deleted', async () => {
    const me = client(type);
    const first = await me.signIn();
    await test.db.query('UPDATE sxo_user SET is_delete_time = now() WHERE id = $1', [first.id]);
    const second = await client(type, me.me).signIn();
    expect(second.id).not.toBe(first.id);
    expect(await linkedTo(type, me.me.openid)).toEqual([second.id]);
  });

  it('needs a code', async () => {
    const answer = await client(type).request('user/appminiuserauth', {});
    expect(answer).toMatchObject({ code: -1, data: [] });
    expect(answer.msg).toContain('authcode');
  });
});

describe.each(IN_TWO_STEPS)('the ticket of %s', (type) => {
  it('is spent by its first use', async () => {
    const me = client(type);
    await me.userLogin();
    const first = await me.userInfo();
    me.user = null;
    const second = await me.userInfo();
    expect([first.code, second.code]).toEqual([0, -1]);
    expect(second.msg).toContain('openid');
  });

  it('links one account where it is used twice at once', async () => {
    const me = client(type);
    await me.userLogin();
    const twin = client(type, me.me, other);
    twin.login = me.login;
    const data = me.authData();
    const answers = await Promise.all([me, twin].map((one) => one.userInfo(data)));
    expect(answers.map(({ code }) => code).sort()).toEqual([-1, 0]);
    expect(await linkedTo(type, me.me.openid)).toHaveLength(1);
  });

  it('is of no use to another client type or system type, nor after 24 hours', async () => {
    const me = client(type);
    await me.userLogin();
    const elsewhere = [
      new MiniProgramClient(test.url, platforms, type === 'qq' ? 'alipay' : 'qq', me.me),
      new MiniProgramClient(test.url, platforms, type, me.me, 'other'),
    ];
    for (const one of elsewhere) {
      one.login = me.login;
      expect(await one.userInfo(me.authData())).toMatchObject({ code: -1 });
    }
    await test.db.query(
      `UPDATE sxo_platform_ticket SET expire_time = expire_time - interval '24 h'`,
    );
    expect(await me.userInfo()).toMatchObject({ code: -1 });
    expect(await linkedTo(type, me.me.openid)).toEqual([]);
  });

  it('is hashed, and its session key sealed', async () => {
    const me = client(type);
    const { code, sessionKey } = platforms.logIn(type, me.me);
    const { data } = await me.request<{ openid: string }>('user/appminiuserauth', {
      authcode: code,
    });
    const { rows } = await test.db.query<{ row: string }>(
      'SELECT t::text AS row FROM sxo_platform_ticket t WHERE openid = $1',
      [me.me.openid],
    );
    const stored = rows.map(({ row }) => row).join();
    expect(rows).toHaveLength(1);
    for (const secret of [data.openid, sessionKey]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect(JSON.stringify(data)).not.toContain(sessionKey);
  });

  it('gives the platform name where the client says none that may be used', async () => {
    for (const nickname of ['', ' ', 'x'.repeat(61), 'a\u202Eb']) {
      const me = client(type);
      await me.userLogin();
      expect((await me.userInfo(me.authData(nickname))).data).toMatchObject({
        nickname: DEFAULT_NICKNAMES[type],
      });
    }
  });
});

it('calls an unknown user of WeChat as ShopXO does, in the language of the request', async () => {
  const { nickname, gender } = await client('weixin').signIn();
  expect({ nickname, gender }).toEqual({ nickname: '微信用户', gender: '0' });
});

it('answers the own account to a token with its openid', async () => {
  const me = client('toutiao');
  const { id, token } = await me.signIn();
  const answer = await me.request('user/appminiuserinfo', {
    openid: me.me.openid,
    auth_data: '{}',
  });
  expect(answer).toMatchObject({ code: 0, data: { id, token } });
});

it('never fetches a picture', async () => {
  const me = client('toutiao');
  await me.userLogin();
  const calls = platforms.calls.length;
  await me.userInfo({ nickName: 'a', avatarUrl: `${platforms.url}/avatar.png` });
  expect(platforms.calls.length).toBe(calls);
  expect(me.user!.avatar).toContain('default-user-avatar');
  expect((await rowOf(test.db, me.user!.id)).avatar).toBe('');
});

describe('a unionid', () => {
  it.each(['weixin', 'qq', 'toutiao'] as const)('of %s leads to its account', async (type) => {
    const unionid = `u_${type}`;
    const { id } = await createUser(test.db);
    await test.db.query(
      `INSERT INTO sxo_user_platform (user_id, platform, ${type}_unionid) VALUES ($1, 'ios', $2)`,
      [id, unionid],
    );
    const me = client(type, { ...stranger(), unionid });
    expect(await me.userLogin()).toMatchObject({ data: { id, is_user_exist: 1 } });
    expect(me.user).toMatchObject({
      [`${type}_openid`]: me.me.openid,
      [`${type}_unionid`]: unionid,
    });
    expect(await linkedTo(type, me.me.openid)).toEqual([id]);
  });

  it('that only the client says leads nowhere', async () => {
    const known = client('toutiao', { ...stranger(), unionid: 'u_known' });
    const { id } = await known.signIn();
    const thief = client('toutiao');
    await thief.userLogin();
    const answer = await thief.request<{ id: string }>('user/appminiuserinfo', {
      ...thief.login,
      unionid: 'u_known',
      toutiao_unionid: 'u_known',
      auth_data: '{"unionid":"u_known","unionId":"u_known"}',
    });
    expect(answer.code).toBe(0);
    expect(answer.data.id).not.toBe(id);
    expect(answer.data).toMatchObject({ toutiao_unionid: '' });
  });
});

describe('a profile', () => {
  it.each(['qq', 'baidu'] as const)('of %s is of the ticket’s user alone', async (type) => {
    const me = client(type);
    await me.userLogin();
    const stolen = type === 'qq' ? { openId: 'o_other' } : { openid: 'o_other' };
    expect(await me.userInfo(me.sealed({ ...stolen, nickName: 'x', nickname: 'x' }))).toEqual({
      msg: '加密数据无法解密，请重新授权',
      code: -1,
      data: [],
    });
    expect(await me.userInfo()).toMatchObject({ code: 0 });
  });

  it('of QQ is for this mini-program alone', async () => {
    const me = client('qq');
    await me.userLogin();
    const sealed = me.sealed({ openId: me.me.openid, nickName: 'x' }, 'qq1');
    expect(await me.userInfo(sealed)).toMatchObject({ code: -1 });
  });

  it.each([
    ['qq', { encrypted_data: 'AAAA', iv: 'AAAA' }, '加密数据无法解密，请重新授权'],
    ['baidu', { encrypted_data: '!', iv: '!' }, '加密数据无法解密，请重新授权'],
    ['qq', {}, '请填写加密数据（encrypted_data）'],
    ['baidu', { encrypted_data: 'AAAA' }, '请填写加密向量（iv）'],
  ] as const)('of %s that cannot be read is refused: %j', async (type, authData, msg) => {
    const me = client(type);
    await me.userLogin();
    expect(await me.userInfo(authData)).toEqual({ msg, code: -1, data: [] });
  });

  it.each(['', '1', 'null', '[]', '{', '"x"'])('has to be a JSON object: %j', async (auth_data) => {
    const me = client('alipay');
    await me.userLogin();
    const body = { ...me.login, auth_data };
    const answer = await me.request('user/appminiuserinfo', body);
    expect(answer).toMatchObject({ code: -1, data: [] });
    expect(answer.msg).toContain('auth_data');
  });

  it.each([
    [0, '0'],
    [1, '2'],
    [2, '1'],
    ['f', '1'],
    ['F', '1'],
    ['m', '2'],
    ['', '0'],
    [null, '0'],
    [{}, '0'],
  ])('with the gender %j has %s', async (gender, shown) => {
    const me = client('toutiao');
    await me.userLogin();
    expect((await me.userInfo({ nickName: 'a', gender })).data.gender).toBe(shown);
  });
});

describe('a platform that is away', () => {
  /** A service of its own each time, whose circuit is closed. */
  const failing = async (
    type: MiniProgramType,
    fault: (response: ServerResponse) => void,
    work: (me: MiniProgramClient) => Promise<void>,
    timeoutMs = '300',
  ): Promise<void> => {
    const alone = await startTestApp({
      ...platforms.settings,
      MINI_PROGRAM_TIMEOUT_MS: timeoutMs,
      DATABASE_URL: test.databaseUrl,
    });
    try {
      platforms.fault = fault;
      await work(client(type, stranger(), alone));
    } finally {
      await alone.close();
    }
  };

  const FAULTS = {
    silence: () => undefined,
    'a broken connection': (response) => response.socket?.destroy(),
    'a server error': (response) => response.writeHead(502).end('{"openid":"o_502"}'),
    'no JSON': (response) => response.end('<html>'),
    'no object': (response) => response.end('null'),
    'an endless answer': (response) => {
      response.write(`{"openid":"${'x'.repeat(100_000)}`);
    },
    'a redirect, which is not followed': (response) => {
      platforms.fault = (next) => next.end('{"openid":"o_redirected","session_key":"AAAA"}');
      response.writeHead(302, { location: '/elsewhere' }).end();
    },
  } satisfies Record<string, (response: ServerResponse) => unknown>;

  it.each(MINI_PROGRAM_TYPES)('answers -503 for %s, and asks once', async (type) => {
    await failing(type, FAULTS.silence, async (me) => {
      const calls = platforms.calls.length;
      const { code } = platforms.logIn(type, me.me);
      const { status, body, headers } = await me.answer('user/appminiuserauth', { authcode: code });
      expect(status).toBe(503);
      expect(body).toMatchObject({ code: -503, data: [] });
      expect(headers['retry-after']).toBe('5');
      expect(platforms.calls.length).toBe(calls + 1);
    });
  });

  it.each(Object.entries(FAULTS))('is one that answers %s', async (_, fault) => {
    await failing('baidu', fault, async (me) => {
      expect(await me.userLogin()).toMatchObject({ code: -503 });
    });
  });

  it('is asked no more after five failures, and others still are', async () => {
    const work = async (me: MiniProgramClient) => {
      for (let n = 0; n < 5; n += 1) expect(await me.userLogin()).toMatchObject({ code: -503 });
      platforms.fault = undefined;
      const calls = platforms.calls.length;
      expect(await me.userLogin()).toMatchObject({ code: -503 });
      expect(platforms.calls.length).toBe(calls);
      const elsewhere = Object.assign(me, { type: 'kuaishou' });
      expect(await elsewhere.userLogin()).toMatchObject({ code: 0 });
    };
    await failing('qq', FAULTS['a server error'], work, '5000');
  });

  it('is none that answers something unreadable, which may be for one code alone', async () => {
    await failing('qq', FAULTS['no JSON'], async (me) => {
      for (let n = 0; n < 6; n += 1) expect(await me.userLogin()).toMatchObject({ code: -503 });
      platforms.fault = undefined;
      expect(await me.userLogin()).toMatchObject({ code: 0 });
    });
  });

  it.each([
    ['weixin', { errcode: -1, errmsg: 'system error' }],
    ['qq', { errcode: -1 }],
    ['toutiao', { error: 1, errcode: -1 }],
  ] as const)('is %s that says it is busy', async (type, answer) => {
    platforms.fault = (response) => response.end(JSON.stringify(answer));
    expect(await client(type).userLogin()).toMatchObject({ code: -503 });
  });
});

describe('Alipay', () => {
  it.each([
    ['without a signature', () => '{"alipay_system_oauth_token_response":{"open_id":"o_forged"}}'],
    ['in an error', () => '{"error_response":{"code":"40002","open_id":"o_forged"}}'],
  ])('is not believed an openid %s', async (_, answer) => {
    platforms.fault = (response) => response.end(answer());
    const { code } = await client('alipay').userLogin();
    expect([-1, -503]).toContain(code);
    const { rows } = await test.db.query(
      `SELECT FROM sxo_platform_ticket WHERE openid = 'o_forged'`,
    );
    expect(rows).toEqual([]);
  });
});

describe('a client', () => {
  it.each(['pc', 'h5', 'ios', 'android'])('of type %s is no mini-program', async (type) => {
    const me = client(type as MiniProgramType);
    for (const action of ['appminiuserauth', 'onekeyusermobiledecrypt', 'onekeyusermobilebind']) {
      const answer = await me.request(`user/${action}`, { authcode: 'x', openid: 'x' });
      expect({ action, code: answer.code }).toEqual({ action, code: -1 });
      expect(answer.msg).toContain('application_client_type');
    }
  });

  it('whose platform is not configured is told so', async () => {
    const alone = await startTestApp({ DATABASE_URL: test.databaseUrl });
    for (const type of MINI_PROGRAM_TYPES) {
      expect(await client(type, stranger(), alone).userLogin()).toEqual({
        msg: `${type} 小程序授权未配置`,
        code: -1,
        data: [],
      });
    }
    await alone.close();
  });

  it('is counted as others that register', async () => {
    const alone = await startTestApp({
      ...platforms.settings,
      DATABASE_URL: test.databaseUrl,
      REGISTRATIONS_PER_HOUR: '1',
      RATE_LIMIT_PUBLIC_WRITES: '3',
    });
    await alone.db.query('TRUNCATE sxo_limited_use');
    const known = client('weixin', stranger(), alone);
    expect(await known.userLogin()).toMatchObject({ code: 0 });
    expect(await client('weixin', stranger(), alone).userLogin()).toMatchObject({ code: -429 });
    expect(await client('weixin', known.me, alone).userLogin()).toMatchObject({ code: 0 });
    expect(await client('weixin', known.me, alone).userLogin()).toMatchObject({ code: -429 });
    await alone.close();
  });

  it.each([
    ['user/appminiuserauth', { authcode: 'x'.repeat(513) }, 'authcode'],
    ['user/appminiuserauth', { authcode: ['x'] }, 'authcode'],
    ['user/appminiuserinfo', { openid: 'x'.repeat(129), auth_data: '{}' }, 'openid'],
    ['user/appminiuserinfo', { openid: '', auth_data: '{}' }, 'openid'],
    ['user/appminiuserinfo', { openid: 'x', auth_data: 'x'.repeat(10_001) }, 'auth_data'],
    ['user/userbasereg', { openid: 'x', nickname: '' }, 'nickname'],
    ['user/onekeyusermobiledecrypt', { openid: 'x', iv: 'x'.repeat(65) }, 'iv'],
    ['user/onekeyusermobilebind', { openid: 'x', code: {} }, 'code'],
    ['user/login', { type: 'username', accounts: 'a', pwd: 'b', baidu_openid: [] }, 'baidu_openid'],
  ])('is told what is wrong with its parameters: %s %j', async (action, body, named) => {
    const answer = await client('baidu').request(action, body);
    expect(answer).toMatchObject({ code: -1, data: [] });
    expect(answer.msg).toContain(`（${named}）`);
  });
});
