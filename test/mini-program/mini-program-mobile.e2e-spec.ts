import { createSession, createUser, rowOf } from '../support/accounts.js';
import { MiniProgramClient } from '../support/mini-program-client.js';
import { PlatformServer, type PlatformUser, sealedPhone } from '../support/platform-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type MobileType = 'weixin' | 'baidu' | 'toutiao';

const TYPES = ['weixin', 'baidu', 'toutiao'] as const;

let platforms: PlatformServer;
let test: TestApp;

beforeAll(async () => {
  platforms = await PlatformServer.start();
  test = await startTestApp({ ...platforms.settings, REGISTRATIONS_PER_HOUR: '10000' });
});

beforeEach(() => {
  platforms.accessToken = 'access-1';
  platforms.fault = undefined;
});

afterAll(async () => {
  await test.close();
  await platforms.close();
});

let last = 0;
const stranger = (): PlatformUser => ({ openid: `m_${(last += 1)}` });
const newMobile = (): string => `138${String((last += 1)).padStart(8, '0')}`;

const client = (type: MobileType | 'qq', me = stranger()) =>
  new MiniProgramClient(test.url, platforms, type, me);

/** What the page of a client gets from its platform for a number. */
function claimOf(me: MiniProgramClient, mobile: string): object {
  switch (me.type) {
    case 'weixin':
      return me.mobileFields({ code: platforms.mobileCode(mobile) });
    case 'baidu':
      return me.mobileFields(me.sealed({ mobile }));
    default:
      return me.mobileFields(
        me.sealed({ phoneNumber: mobile, purePhoneNumber: mobile, countryCode: '86' }),
      );
  }
}

const decrypt = (me: MiniProgramClient, mobile: string) =>
  me.request<string>('user/onekeyusermobiledecrypt', claimOf(me, mobile));

const bind = (me: MiniProgramClient, mobile: string) =>
  me.request('user/onekeyusermobilebind', claimOf(me, mobile));

const mobileOf = async (me: MiniProgramClient) => (await rowOf(test.db, me.user!.id)).mobile;

describe.each(TYPES)('%s', (type) => {
  it('binds the number of who is signed in, and records it', async () => {
    const me = client(type);
    const { id } = await me.signIn();
    const mobile = newMobile();
    expect(await bind(me, mobile)).toMatchObject({
      code: 0,
      msg: '绑定成功',
      data: { id, mobile, is_mandatory_bind_mobile: 0 },
    });
    const { rows } = await test.db.query(
      `SELECT action FROM sxo_user_audit WHERE user_id = $1 AND action = 'mobile.bound'`,
      [id],
    );
    expect(rows).toHaveLength(1);
  });

  it('answers the number, and binds nothing', async () => {
    const me = client(type);
    await me.signIn();
    const mobile = newMobile();
    expect(await decrypt(me, mobile)).toEqual({ msg: 'success', code: 0, data: mobile });
    expect(await mobileOf(me)).toBe('');
  });

  it('lets personal/save take the number that was proven, once, and no other', async () => {
    const me = client(type);
    await me.signIn();
    const mobile = newMobile();
    const save = (given: string) =>
      me.request('personal/save', { nickname: 'p001', mobile: given });
    expect(await save(mobile)).toMatchObject({ code: 0, data: { mobile: '' } });
    await decrypt(me, mobile);
    expect(await save(newMobile())).toMatchObject({ code: 0, data: { mobile: '' } });
    expect(await save(mobile)).toMatchObject({ code: 0, msg: '修改成功', data: { mobile } });
  });

  it('does not replace a number', async () => {
    const me = client(type);
    await me.signIn();
    const mobile = newMobile();
    await bind(me, mobile);
    const other = newMobile();
    expect(await bind(me, other)).toEqual({
      msg: '账号已绑定其他手机号码，请通过验证码更换',
      code: -3,
      data: [],
    });
    expect(await bind(me, mobile)).toMatchObject({ code: 0, data: { mobile } });
  });

  it('does not take the number of another account', async () => {
    const me = client(type);
    await me.signIn();
    const mobile = newMobile();
    await createUser(test.db, { mobile });
    expect(await bind(me, mobile)).toMatchObject({ code: -3, data: [] });
    expect(await mobileOf(me)).toBe('');
  });

  it('takes none of another country', async () => {
    const me = client(type);
    await me.signIn();
    const answer = await decrypt(me, type === 'weixin' ? '+1 2025550123' : '2025550123');
    expect(answer).toEqual({ msg: '仅支持中国大陆手机号码', code: -1, data: [] });
  });

  it('needs a proof', async () => {
    const me = client(type);
    await me.signIn();
    const answer = await me.request('user/onekeyusermobilebind', me.mobileFields({}));
    expect(answer).toMatchObject({ code: -1, data: [] });
    expect(answer.msg).toContain(type === 'weixin' ? '（code）' : '（encrypted_data）');
  });

  it('is refused a raw openid, and an empty one without a token', async () => {
    const known = client(type);
    await known.signIn();
    const thief = client(type);
    await thief.signIn();
    const claim = claimOf(thief, newMobile());
    thief.user = null;
    for (const openid of [known.me.openid, '']) {
      const body = { ...claim, openid };
      for (const action of ['onekeyusermobilebind', 'onekeyusermobiledecrypt']) {
        const answer = await thief.request(`user/${action}`, body);
        expect(answer).toMatchObject({ code: -1, data: [] });
        expect(answer.msg).toContain('openid');
      }
    }
  });
});

describe.each(['baidu', 'toutiao'] as const)('the ticket of %s', (type) => {
  it('registers with the number, and opens no account that has it', async () => {
    const me = client(type);
    await me.userLogin();
    const mobile = newMobile();
    const first = await bind(me, mobile);
    expect(first).toMatchObject({
      code: 0,
      data: { mobile, nickname: expect.stringMatching(/用户$/) },
    });
    const second = client(type);
    await second.userLogin();
    expect(await bind(second, mobile)).toMatchObject({ code: -3, data: [] });
    expect(await bind(second, newMobile())).toMatchObject({ code: 0 });
  });

  it('lets userbasereg take a number that was proven, and no other', async () => {
    const me = client(type);
    await me.userLogin();
    const mobile = newMobile();
    expect(await decrypt(me, mobile)).toMatchObject({ code: 0, data: mobile });
    const form = { openid: me.login!.openid, nickname: 'p001', avatar: 'x', gender: 1 };
    const answer = await me.request('user/userbasereg', { ...form, mobile, province: '上海' });
    expect(answer).toMatchObject({
      code: 0,
      msg: '授权成功',
      data: { mobile, nickname: 'p001', gender: '1', province: '上海' },
    });
    const other = client(type);
    await other.userLogin();
    await decrypt(other, newMobile());
    const body = { ...form, openid: other.login!.openid, mobile: newMobile() };
    expect(await other.request('user/userbasereg', body)).toMatchObject({
      code: 0,
      data: { mobile: '' },
    });
  });

  it('lets userbasereg take none after ten minutes', async () => {
    const me = client(type);
    await me.userLogin();
    const mobile = newMobile();
    await decrypt(me, mobile);
    await test.db.query(
      `UPDATE sxo_platform_ticket SET mobile_expire_time = mobile_expire_time - interval '10 min'`,
    );
    const body = { openid: me.login!.openid, nickname: 'p001', mobile };
    expect(await me.request('user/userbasereg', body)).toMatchObject({ data: { mobile: '' } });
  });
});

it('reads no number without the key of the session with the platform', async () => {
  const me = client('baidu');
  const { id } = await me.signIn();
  const claim = claimOf(me, newMobile());
  const token = await createSession(test.db, id, { application_client_type: 'baidu' });
  me.user = { ...me.user!, token };
  expect(await me.request('user/onekeyusermobiledecrypt', claim)).toEqual({
    msg: '平台会话已失效，请重新授权',
    code: -1,
    data: [],
  });
});

it('reads no number that is for another mini-program', async () => {
  const me = client('toutiao');
  await me.signIn();
  const { code, sessionKey } = platforms.logIn('toutiao', me.me);
  me.user = (await me.request('user/appminiuserauth', { authcode: code })).data;
  const of = (appId: string) =>
    me.request('user/onekeyusermobiledecrypt', {
      ...me.mobileFields(sealedPhone(newMobile(), sessionKey, appId)),
    });
  expect(await of('tt1')).toMatchObject({ code: -1, msg: '加密数据无法解密，请重新授权' });
  expect(await of('tt0')).toMatchObject({ code: 0 });
  const weixin = client('weixin');
  await weixin.signIn();
  const foreign = weixin.mobileFields({ code: platforms.mobileCode(newMobile(), 'wx1') });
  expect(await weixin.request('user/onekeyusermobiledecrypt', foreign)).toMatchObject({ code: -1 });
});

it('tells of a platform that gives no numbers', async () => {
  const me = client('qq');
  await me.signIn();
  expect(await me.request('user/onekeyusermobilebind', me.mobileFields({}))).toEqual({
    msg: 'qq 平台还未开发手机一键登录',
    code: -1,
    data: [],
  });
});

it('keeps an access token of WeChat, and renews one that counts no longer', async () => {
  const me = client('weixin');
  await me.signIn();
  const tokens = () =>
    platforms.calls.filter(({ path }) => path === '/cgi-bin/stable_token').length;
  await decrypt(me, newMobile());
  const before = tokens();
  expect(await decrypt(me, newMobile())).toMatchObject({ code: 0 });
  expect(tokens()).toBe(before);
  platforms.accessToken = 'access-2';
  expect(await decrypt(me, newMobile())).toMatchObject({ code: 0 });
  expect(tokens()).toBe(before + 1);
});

it('refuses a code of WeChat that was used', async () => {
  const me = client('weixin');
  await me.signIn();
  const claim = claimOf(me, newMobile());
  const codes = [];
  for (let n = 0; n < 2; n += 1) {
    codes.push((await me.request('user/onekeyusermobiledecrypt', claim)).code);
  }
  expect(codes).toEqual([0, -1]);
});

describe('personal/save', () => {
  const proven = async () => {
    const me = client('weixin');
    await me.signIn();
    const mobile = newMobile();
    await decrypt(me, mobile);
    return { me, mobile };
  };

  const save = (me: MiniProgramClient, mobile: string) =>
    me.request('personal/save', { nickname: 'p002', mobile });

  it('takes a number for ten minutes', async () => {
    const { me, mobile } = await proven();
    await test.db.query(
      `UPDATE sxo_mobile_proof SET expire_time = expire_time - interval '10 min'`,
    );
    expect(await save(me, mobile)).toMatchObject({ code: 0, data: { mobile: '' } });
  });

  it('takes a number that was proven for another account from nobody', async () => {
    const { mobile } = await proven();
    const thief = client('weixin');
    await thief.signIn();
    expect(await save(thief, mobile)).toMatchObject({ code: 0, data: { mobile: '' } });
  });

  it('changes nothing where the number cannot be bound', async () => {
    const { me, mobile } = await proven();
    await createUser(test.db, { mobile });
    expect(await save(me, mobile)).toMatchObject({ code: -3, data: [] });
    expect(await rowOf(test.db, me.user!.id)).toMatchObject({ nickname: '微信用户', mobile: '' });
  });

  it('binds a number to one of two accounts that save it at once', async () => {
    const { me, mobile } = await proven();
    const twin = client('weixin');
    await twin.signIn();
    await decrypt(twin, mobile);
    const answers = await Promise.all([me, twin].map((one) => save(one, mobile)));
    expect(answers.map(({ code }) => code).sort()).toEqual([-3, 0]);
  });

  it('forgets the proofs of an account that is closed', async () => {
    const { me } = await proven();
    await test.db.query(`UPDATE sxo_user SET pwd = '' WHERE id = $1`, [me.user!.id]);
    expect(await me.request('safety/logout', {})).toMatchObject({ code: 0 });
    const { rows } = await test.db.query('SELECT FROM sxo_mobile_proof WHERE user_id = $1', [
      me.user!.id,
    ]);
    expect(rows).toEqual([]);
  });
});
