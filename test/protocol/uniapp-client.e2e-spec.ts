import sharp from 'sharp';
import type { UserView } from '../../src/modules/personal/user.view.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { quarters, temporaryFolder } from '../support/pictures.js';
import { DEFAULT_LIMITS, PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { type Body, UniAppClient } from '../support/uniapp-client.js';

type LoggedIn = UserView & { readonly is_mandatory_bind_mobile: number };

interface Region {
  readonly id: string;
  readonly name: string;
  readonly level: string;
}

interface Profile {
  readonly data: UserView;
  readonly gender_list: readonly { readonly id: number; readonly name: string }[];
}

const DEFAULT_AVATAR = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;
const ACCOUNT = { accounts: 'h5_user', type: 'username' };
const PASSWORD = ' 密码 with spaces ';
const NEW_PASSWORD = 'another password';
const NOT_LOGGED_IN = { code: -400, data: [] };

let test: TestApp;
let client: UniAppClient;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

/** What personal/index shows. */
const profile = async (): Promise<Profile> => {
  const body = await client.request<Profile>('index', 'personal');
  expect(body).toMatchObject({ msg: 'success', code: 0 });
  return body.data;
};

/** Sends the profile's page as the client does: every field, the avatar as it was got. */
const save = (fields: object): Promise<Body<UserView>> =>
  client.logIn<UserView>('save', 'personal', fields);

/** The page of the password: it has a field for the current one where the stored user says so. */
const changePassword = (
  who: UniAppClient,
  current: string,
  password: string,
): Promise<Body<UserView>> => {
  const { is_setup_pwd: isSet } = who.user as UserView;
  return who.logIn<UserView>('loginpwdupdate', 'safety', {
    ...(Number(isSet ?? 0) === 1 && { my_pwd: current }),
    new_pwd: password,
    confirm_new_pwd: password,
  });
};

const children = async (pid: string | number): Promise<Region[]> => {
  const { code, data } = await client.request<Region[]>('index', 'region', { pid });
  expect(code).toBe(0);
  return data;
};

beforeAll(async () => {
  folder = await temporaryFolder();
  test = await startTestApp({ ...CHEAP_HASHING, ...DEFAULT_LIMITS, DATA_DIR: folder.path });
  client = new UniAppClient(test.url);
});

afterAll(async () => {
  await test.close();
  await folder.remove();
});

// One life of an account: each step goes on from the one before it.
describe("ShopXO's uni-app client", () => {
  const form = {
    nickname: '小程序用户',
    birthday: '1990-02-28',
    address: '浦江科技广场 <1号>',
    gender: 2,
    province: '',
    city: '',
    county: '',
  };
  let avatar: string;

  it('starts: the settings and the home page', async () => {
    const common = await client.request('common', 'base', { is_key: 1 });
    expect(common).toMatchObject({
      code: 0,
      data: {
        status: 1,
        config: { home_user_login_type: ['username'], home_user_reg_type: ['username'] },
      },
    });
    expect(await client.request('index', 'index')).toMatchObject({
      code: 0,
      data: { cart_total: {}, data_list: [] },
    });
  });

  it("shows a visitor the user's page, and no profile", async () => {
    expect(await client.request('center', 'user')).toMatchObject({
      code: 0,
      data: { cart_total: {}, avatar: DEFAULT_AVATAR, nickname: '', integral: '0' },
    });
    expect(await client.request('index', 'personal')).toMatchObject(NOT_LOGGED_IN);
  });

  it.each(['userregister', 'userprivacy', 'userlogout'])('shows the agreement %s', async (name) => {
    const { code, data } = await client.request<{ value: string }>('index', 'agreement', {
      document: name,
    });
    expect(code).toBe(0);
    expect(data.value).toMatch(/^<p>.+<\/p>/);
  });

  it('registers, and is logged in', async () => {
    const body = await client.logIn<LoggedIn>('reg', 'user', {
      ...ACCOUNT,
      pwd: PASSWORD,
      is_agree_agreement: 1,
      referrer: 0,
    });
    expect(body).toMatchObject({
      msg: '注册成功',
      code: 0,
      data: { username: 'h5_user', avatar: DEFAULT_AVATAR, is_mandatory_bind_mobile: 0 },
    });
    expect(body.data.token).toMatch(/^[0-9a-f]{32}$/);
    expect((await profile()).data.id).toBe(body.data.id);
  });

  it('logs in, in a session of its own', async () => {
    const before = client.user!.token;
    const body = await client.logIn<LoggedIn>('login', 'user', { ...ACCOUNT, pwd: PASSWORD });
    expect(body).toMatchObject({
      msg: '登录成功',
      code: 0,
      data: { username: 'h5_user', is_mandatory_bind_mobile: 0 },
    });
    expect(body.data.token).not.toBe(before);
    expect(await client.request('center', 'user')).toMatchObject({
      code: 0,
      data: { username: 'h5_user', user_name_view: 'h5_user' },
    });
  });

  it('fills its profile page', async () => {
    const { data, gender_list } = await profile();
    expect(data).toMatchObject({ nickname: '', birthday: '', gender: '0', avatar: DEFAULT_AVATAR });
    expect(gender_list.map(({ id }) => id)).toEqual([0, 1, 2]);
  });

  it('chooses a province, a city in it and a county in that', async () => {
    const province = (await children(0)).find(({ name }) => name === '浙江省')!;
    const city = (await children(province.id)).find(({ name }) => name === '杭州市')!;
    const county = (await children(city.id)).find(({ name }) => name === '西湖区')!;
    expect([province, city, county].map(({ level }) => level)).toEqual(['1', '2', '3']);
    expect(await children(county.id)).toEqual([]);
    Object.assign(form, { province: province.name, city: city.name, county: county.name });
  });

  it('saves every field, the default avatar as it was got', async () => {
    const { avatar: asGot } = (await profile()).data;
    const body = await save({ ...form, avatar: asGot });
    expect(body).toMatchObject({
      msg: '修改成功',
      code: 0,
      data: { ...form, gender: '2', avatar: DEFAULT_AVATAR, token: client.user!.token },
    });
  });

  it('uploads a picture and saves with its URL', async () => {
    const picture = await (await quarters(300, 200)).png().toBuffer();
    const { code, data } = await client.upload<string>('useravatarupload', 'personal', picture);
    expect(code).toBe(0);
    expect(data).toMatch(new RegExp(`^${PUBLIC_URL}/`));
    avatar = data;
    expect(await save({ ...form, avatar })).toMatchObject({ code: 0, data: { avatar } });
  });

  it('shows all of it when the page is opened again', async () => {
    expect((await profile()).data).toMatchObject({ ...form, gender: '2', avatar });
    expect(await client.request('center', 'user')).toMatchObject({
      code: 0,
      data: { avatar, nickname: form.nickname },
    });
  });

  it('shows the picture', async () => {
    const response = await fetch(avatar.replace(PUBLIC_URL, test.url));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^image\//);
    const { width, height } = await sharp(await response.arrayBuffer()).metadata();
    expect({ width, height }).toEqual({ width: 200, height: 200 });
  });

  it('clears what a user clears', async () => {
    const empty = { birthday: '', address: '', province: '', city: '', county: '' };
    const body = await save({ nickname: form.nickname, ...empty, gender: 0, avatar });
    expect(body).toMatchObject({ code: 0, data: { ...empty, gender: '0', avatar } });
  });

  it('is told what is wrong with a field, and goes on', async () => {
    const refused = await save({ ...form, birthday: '1990-02-30', avatar });
    expect(refused).toMatchObject({ code: -1, data: [] });
    expect(refused.msg).toContain('（birthday）');
    expect((await profile()).data.birthday).toBe('');
  });

  it('changes the password', async () => {
    expect(await changePassword(client, PASSWORD, NEW_PASSWORD)).toMatchObject({
      msg: '修改成功',
      code: 0,
      data: { token: client.user!.token, is_setup_pwd: '1' },
    });
    expect((await profile()).data.username).toBe('h5_user');
  });

  it('logs out, which ends the token', async () => {
    expect((await client.request('logout', 'user')).code).toBe(0);
    expect(await client.request('index', 'personal')).toMatchObject(NOT_LOGGED_IN);
    expect(await save({ ...form, avatar })).toMatchObject(NOT_LOGGED_IN);
  });

  it('logs in again, with the new password only', async () => {
    client.user = undefined;
    const old = await client.logIn('login', 'user', { ...ACCOUNT, pwd: PASSWORD });
    expect(old).toMatchObject({ code: -4, data: [] });
    const body = await client.logIn('login', 'user', { ...ACCOUNT, pwd: NEW_PASSWORD });
    expect(body).toMatchObject({ code: 0, data: { nickname: form.nickname, avatar } });
  });

  it('closes the account, once it has signed in again', async () => {
    const { id } = (await profile()).data;
    await test.db.query(`UPDATE sxo_user_session SET sign_in_time = now() - interval '10 minutes'`);
    expect(await client.request('logout', 'safety')).toEqual({
      msg: '请重新登录，并在 10 分钟内注销账号',
      code: -1,
      data: [],
    });
    await client.logIn('login', 'user', { ...ACCOUNT, pwd: NEW_PASSWORD });
    expect(await client.request('logout', 'safety')).toEqual({
      msg: '注销成功',
      code: 0,
      data: '',
    });
    expect(await client.request('index', 'personal')).toMatchObject(NOT_LOGGED_IN);

    client.user = undefined;
    const login = await client.logIn('login', 'user', { ...ACCOUNT, pwd: NEW_PASSWORD });
    expect(login).toMatchObject({ code: -4, data: [] });
    const again = await client.logIn<LoggedIn>('reg', 'user', { ...ACCOUNT, pwd: PASSWORD });
    expect(again).toMatchObject({ code: 0, data: { username: 'h5_user', nickname: '' } });
    expect(again.data.id).not.toBe(id);
  });
});

// With a mail catcher: each step goes on from the one before it.
describe("ShopXO's uni-app client, by mail", () => {
  const FIRST = 'h5@example.com';
  const SECOND = 'h5@example.net';
  /** Characters that its fields of codes and pictures take. */
  const FIELD = 4;
  let channels: CodeChannels;
  let byMail: TestApp;
  let phone: UniAppClient;

  const typed = (text: string): string => text.slice(0, FIELD);

  const codeFor = async (address: string): Promise<string> =>
    typed((await channels.lastCode(byMail, address))!);

  /** The button that sends a code: with the form's picture, which is empty. */
  const sendCode = async (action: string, fields: object): Promise<void> => {
    await byMail.db.query('DELETE FROM sxo_limited_use');
    const body = await phone.request(action, 'user', fields);
    expect(body).toEqual({ msg: '发送成功', code: 0, data: '' });
  };

  beforeAll(async () => {
    channels = await startCodeChannels();
    byMail = await startTestApp({
      ...CHEAP_HASHING,
      ...DEFAULT_LIMITS,
      ...channels.env,
      // As it is without a setting.
      VERIFICATION_CODE_LENGTH: '',
      DATABASE_URL: await freshDatabase('by_mail'),
    });
    phone = new UniAppClient(byMail.url);
  });

  afterAll(async () => {
    await byMail.close();
    await channels.close();
  });

  it('registers with a code', async () => {
    await sendCode('regverifysend', { accounts: FIRST, verify: '', type: 'email' });
    const body = await phone.logIn<LoggedIn>('reg', 'user', {
      accounts: FIRST,
      verify: await codeFor(FIRST),
      pwd: PASSWORD,
      type: 'email',
      is_agree_agreement: 1,
      referrer: 0,
    });
    expect(body).toMatchObject({
      msg: '注册成功',
      code: 0,
      data: { email: FIRST, is_setup_pwd: '1', is_mandatory_bind_mobile: 0 },
    });
  });

  it("ends the user object with is_setup_pwd, wherever it is answered, and a web page's not", async () => {
    const { data } = await phone.request<Profile>('index', 'personal');
    expect(Object.keys(data.data)).toHaveLength(42);
    expect(Object.keys(data.data).at(-1)).toBe('is_setup_pwd');
    const info = await phone.request<UserView>('tokenuserinfo', 'user');
    expect(Object.keys(info.data).at(-1)).toBe('is_setup_pwd');
    const web = await byMail.http.get(`/personal/index?token=${phone.user!.token}`);
    expect(Object.keys(web.body.data.data as object)).toHaveLength(41);
    expect(Object.keys(web.body.data.data as object)).not.toContain('is_setup_pwd');
  });

  it('binds another mailbox, and is shown the picture that it asks for after a failure', async () => {
    await sendCode('appemailbindverifysend', { email: SECOND });
    const picture = await byMail.http.get(
      '/api.php?s=user/userverifyentry&application=app&type=user_bind&t=1',
    );
    expect(picture.headers['content-type']).toBe('image/png');
    const body = await phone.logIn<LoggedIn>('appemailbind', 'user', {
      email: SECOND,
      verify: await codeFor(SECOND),
    });
    expect(body).toMatchObject({
      msg: '绑定成功',
      code: 0,
      data: { email: SECOND, is_setup_pwd: '1', is_mandatory_bind_mobile: 0 },
    });
  });

  it('sets a forgotten password', async () => {
    await sendCode('forgetpwdverifysend', { accounts: SECOND, verify: '', type: 'forget' });
    const body = await phone.request('forgetpwd', 'user', {
      accounts: SECOND,
      verify: await codeFor(SECOND),
      pwd: NEW_PASSWORD,
    });
    expect(body.code).toBe(0);
    expect(await phone.request('index', 'personal')).toMatchObject(NOT_LOGGED_IN);
    phone.user = undefined;
  });

  it('logs in with a code, and changes the password', async () => {
    await sendCode('loginverifysend', { accounts: SECOND, verify: '', type: 'email' });
    const body = await phone.logIn<LoggedIn>('login', 'user', {
      accounts: SECOND,
      verify: await codeFor(SECOND),
      type: 'email',
    });
    expect(body).toMatchObject({ msg: '登录成功', code: 0, data: { is_setup_pwd: '1' } });
    expect((await changePassword(phone, NEW_PASSWORD, PASSWORD)).code).toBe(0);
  });

  it('sets a first password without being asked for one, and then is asked', async () => {
    await byMail.db.query(`UPDATE sxo_user SET pwd = '', salt = ''`);
    const { data } = await phone.request<UserView>('tokenuserinfo', 'user');
    expect(data.is_setup_pwd).toBe('0');
    phone.user = data;
    const body = await changePassword(phone, '', NEW_PASSWORD);
    expect(body).toMatchObject({ code: 0, data: { is_setup_pwd: '1' } });
    expect((await changePassword(phone, NEW_PASSWORD, PASSWORD)).code).toBe(0);
  });

  it('closes the account, a moment after it signed in', async () => {
    await phone.logIn('login', 'user', { accounts: SECOND, pwd: PASSWORD, type: 'username' });
    expect(await phone.request('logout', 'safety')).toEqual({ msg: '注销成功', code: 0, data: '' });
    expect(await phone.request('index', 'personal')).toMatchObject(NOT_LOGGED_IN);
  });
});
