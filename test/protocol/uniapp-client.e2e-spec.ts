import sharp from 'sharp';
import type { UserView } from '../../src/modules/personal/user.view.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { quarters, temporaryFolder } from '../support/pictures.js';
import { DEFAULT_LIMITS, PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';
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
    const body = await client.request('loginpwdupdate', 'safety', {
      my_pwd: PASSWORD,
      new_pwd: NEW_PASSWORD,
      confirm_new_pwd: NEW_PASSWORD,
    });
    expect(body.code).toBe(0);
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

  it('deletes the account with the password, which the client does not ask for yet', async () => {
    const unmodified = await client.request('logout', 'safety');
    expect(unmodified).toMatchObject({ code: -1, data: [] });
    expect(unmodified.msg).toContain('（pwd）');
    const { id } = (await profile()).data;

    expect(await client.request('logout', 'safety', { pwd: NEW_PASSWORD })).toEqual({
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
