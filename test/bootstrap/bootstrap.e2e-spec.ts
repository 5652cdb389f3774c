import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { DatabaseSettings } from '../../src/config/database.settings.js';
import { loadSettings, pickSettings } from '../../src/config/settings.js';
import { AppDataSource } from '../../src/database/app-data-source.js';
import { BootstrapService } from '../../src/modules/bootstrap/bootstrap.service.js';
import { LOGIN_TYPES, type LoginTypes } from '../../src/modules/bootstrap/login-types.js';
import { schema } from '../../src/schema.js';
import { createUser } from '../support/accounts.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';

const DEFAULT_AVATAR = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;

const COMMON =
  '{"msg":"success","code":0,"data":{"status":1,"config":{' +
  '"home_user_login_type":["username"],"home_user_reg_type":["username"],' +
  '"home_user_login_img_verify_state":0,"home_user_register_img_verify_state":0,' +
  '"common_img_verify_state":0,' +
  '"common_user_address_platform_import_list":["weixin","alipay","baidu","toutiao","qq"]},' +
  '"currency_symbol":"￥","quick_nav":[],"plugins_base":{}}}';

const HOME = '{"msg":"success","code":0,"data":{"cart_total":{},"data_list":[]}}';

const VISITOR =
  `{"msg":"success","code":0,"data":{"cart_total":{},"avatar":"${DEFAULT_AVATAR}",` +
  '"nickname":"","username":"","user_name_view":"","integral":"0"}}';

/** What the client's H5 build adds to every call; `token=` while it is signed out. */
const H5 =
  'system_type=default&application=app&application_client_type=h5&token=&uuid=1b2c' +
  '&lang=zh&theme=red&ajax=ajax';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(async () => {
  await test.close();
});

describe.each([
  ['base/common', COMMON],
  ['index/index', HOME],
  ['user/center', VISITOR],
])('%s', (action, expected) => {
  it.each([
    `/${action}`,
    `/api.php?s=${action}&${H5}`,
    `/api.php/${action.toUpperCase()}.html`,
    `/${action}?token=${'0'.repeat(32)}`,
    `/${action}?token=nonsense`,
  ])('answers a visitor by GET and POST: %s', async (url) => {
    const answers = [
      await test.http.get(url),
      await test.http.post(url).send({}),
      await test.http.post(url).send({ is_key: 1 }),
      await test.http.post(url),
    ];
    for (const { status, text, headers } of answers) {
      expect(status).toBe(200);
      expect(text).toBe(expected);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it.each(['en', 'cht', 'spa'])('is the same in %s', async (lang) => {
    const { text } = await test.http.get(`/${action}?lang=${lang}`);
    expect(text).toBe(expected);
  });

  it('judges the public parameters, and no other', async () => {
    const wrong = await test.http.get(`/${action}?application=x`);
    expect(wrong.body).toMatchObject({ code: -1, data: [] });
    const odd = await test.http.post(`/${action}`).send({ cart_total: [1], user_id: { a: 1 } });
    expect(odd.text).toBe(expected);
  });
});

describe('user/center with a token', () => {
  const center = async (token: string): Promise<Record<string, unknown>> => {
    const { body } = await test.http.post(`/api.php?s=user/center&token=${token}`).send({});
    expect(body).toMatchObject({ msg: 'success', code: 0 });
    return body.data;
  };

  it("is that user's, and none of it another's", async () => {
    const avatar = '/static/upload/images/user_avatar/own.jpg';
    const named = await createUser(test.db, {
      username: 'Named',
      nickname: '昵称',
      integral: 12,
      avatar,
      mobile: '13800138000',
    });
    const nameless = await createUser(test.db, { nickname: 'only a nickname' });
    expect(await center(named.token)).toEqual({
      cart_total: {},
      avatar: PUBLIC_URL + avatar,
      nickname: '昵称',
      username: 'Named',
      user_name_view: 'Named',
      integral: '12',
    });
    expect(await center(nameless.token)).toEqual({
      cart_total: {},
      avatar: DEFAULT_AVATAR,
      nickname: 'only a nickname',
      username: '',
      user_name_view: 'only a nickname',
      integral: '0',
    });
  });

  it.each([{ status: 2 }, { status: 3 }, { is_delete_time: new Date() }])(
    "is a visitor's for an account that is %j",
    async (columns) => {
      const { token } = await createUser(test.db, { nickname: 'gone', ...columns });
      expect(await center(token)).toMatchObject({ nickname: '', avatar: DEFAULT_AVATAR });
    },
  );
});

it('offers the ways to log in that are open, and the imports that are set', async () => {
  const settings = loadSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    USER_ADDRESS_IMPORT_PLATFORMS: 'qq,weixin',
    DATABASE_URL: await freshDatabase('bootstrap'),
    DATABASE_CONNECT_TIMEOUT_MS: '10000',
    DATABASE_STATEMENT_TIMEOUT_MS: '10000',
    DATABASE_REQUEST_TIMEOUT_MS: '10000',
  });
  const dataSource = new AppDataSource(pickSettings(settings, DatabaseSettings), schema);
  await dataSource.initialize();
  const loginTypes: LoginTypes = {
    offeredTypes: () => ['username', 'sms', 'email'],
    needsPicture: () => Promise.resolve(true),
  };
  const module = await Test.createTestingModule({
    imports: [AppModule.forRoot(settings, dataSource)],
  })
    .overrideProvider(LOGIN_TYPES)
    .useValue(loginTypes)
    .compile();
  await module.init();
  expect((await module.get(BootstrapService).common()).config).toMatchObject({
    common_img_verify_state: 1,
    common_user_address_platform_import_list: ['qq', 'weixin'],
    home_user_login_type: ['username', 'sms', 'email'],
    home_user_reg_type: ['username', 'sms', 'email'],
  });
  await module.close();
});
