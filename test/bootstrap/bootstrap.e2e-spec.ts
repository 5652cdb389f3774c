import { jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { DatabaseSettings } from '../../src/config/database.settings.js';
import { loadSettings, pickSettings } from '../../src/config/settings.js';
import { AppDataSource } from '../../src/database/app-data-source.js';
import { BootstrapService } from '../../src/modules/bootstrap/bootstrap.service.js';
import { LOGIN_TYPES, type LoginTypes } from '../../src/modules/bootstrap/login-types.js';
import { MessageService } from '../../src/modules/message/message.service.js';
import { schema } from '../../src/schema.js';
import { createUser } from '../support/accounts.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';

const DEFAULT_AVATAR = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;

const COMMON =
  '{"msg":"success","code":0,"data":{"status":1,"config":{' +
  '"home_user_login_type":["username"],"home_user_reg_type":["username"],' +
  '"home_user_login_img_verify_state":0,"home_user_register_img_verify_state":0,' +
  '"common_img_verify_state":0,"common_user_onekey_bind_mobile_list":[],' +
  '"common_user_address_platform_import_list":["weixin","alipay","baidu","toutiao","qq"],' +
  ['userregister', 'userprivacy', 'userlogout']
    .map(
      (name) =>
        `"agreement_${name}_url":"${PUBLIC_URL}/agreement/index?document=${name}&is_content=1"`,
    )
    .join() +
  '},"currency_symbol":"￥","quick_nav":[],"plugins_base":{},"app_tabbar":';

const HOME = '{"msg":"success","code":0,"data":{"cart_total":{},"data_list":[]}}';

const VISITOR =
  `{"msg":"success","code":0,"data":{"cart_total":{},"avatar":"${DEFAULT_AVATAR}",` +
  '"nickname":"","username":"","user_name_view":"","integral":"0","navigation":[';

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
      expect(text.startsWith(expected)).toBe(true);
      expect(text).toBe(answers[0]!.text);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it.each(['en', 'cht', 'spa'])('has the same fields in %s', async (lang) => {
    const [zh, other] = await Promise.all(
      [lang, 'zh'].map(async (one) => (await test.http.get(`/${action}?lang=${one}`)).body.data),
    );
    expect(Object.keys(other as object)).toEqual(Object.keys(zh as object));
  });

  it('judges the public parameters, and no other', async () => {
    const wrong = await test.http.get(`/${action}?application=x`);
    expect(wrong.body).toMatchObject({ code: -1, data: [] });
    const odd = await test.http.post(`/${action}`).send({ cart_total: [1], user_id: { a: 1 } });
    expect(odd.text.startsWith(expected)).toBe(true);
  });
});

describe("the client's entries", () => {
  const read = async (action: string, lang = 'zh') => {
    const { body } = await test.http.post(`/api.php?s=${action}&${H5}`).send({ lang });
    return body.data as Record<string, unknown>;
  };

  /** Expects a picture that a browser shows, from this service. */
  const expectIcon = async (url: unknown) => {
    expect(url).toMatch(new RegExp(`^${PUBLIC_URL}/static/`));
    const { status, headers, body } = await test.http.get(String(url).slice(PUBLIC_URL.length));
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: 'image/svg+xml',
    });
    expect((body as Buffer).toString()).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect((body as Buffer).toString()).not.toMatch(/script|href|on\w+=/);
  };

  it.each([
    ['zh', ['我的地址', '我的消息', '我的积分'], ['首页', '我的']],
    ['en', ['My addresses', 'My messages', 'My points'], ['Home', 'Me']],
    ['cht', ['我的地址', '我的訊息', '我的積分'], ['首頁', '我的']],
    ['spa', ['Mis direcciones', 'Mis mensajes', 'Mis puntos'], ['Inicio', 'Mi cuenta']],
  ])('are named in %s', async (lang, entries, tabs) => {
    const names = (list: unknown) => (list as { name: string }[]).map(({ name }) => name);
    const center = await read('user/center', lang);
    expect(names(center.navigation)).toEqual(entries);
    const { app_tabbar: bar } = (await read('base/common', lang)) as {
      app_tabbar: { content: { nav_content: unknown } };
    };
    expect(names(bar.content.nav_content)).toEqual(tabs);
  });

  it('lead to pages of the client, with pictures of this service', async () => {
    const { navigation, ...center } = await read('user/center');
    expect(center).toMatchObject({
      message_total: 0,
      user_order_status: [],
      user_order_count: 0,
      user_goods_favor_count: 0,
      user_goods_browse_count: 0,
    });
    const pages = ['user-address/user-address', 'message/message', 'user-integral/user-integral'];
    expect(navigation).toEqual(
      pages.map((page, index) => ({
        id: index + 1,
        name: expect.any(String),
        images_url: expect.any(String),
        event_type: 1,
        event_value: `/pages/${page}`,
        desc: '',
      })),
    );
    for (const { images_url } of navigation as { images_url: string }[]) {
      await expectIcon(images_url);
    }
  });

  it('have a bar of which the client reads every field', async () => {
    const { app_tabbar: bar } = (await read('base/common')) as {
      app_tabbar: {
        content: {
          nav_content: {
            link: { page: string };
            img: { url: string }[];
            img_checked: { url: string }[];
          }[];
        };
        style: { common_style: Record<string, unknown> };
      };
    };
    const { nav_content: tabs } = bar.content;
    expect(tabs.map(({ link }) => link.page)).toEqual(['/pages/index/index', '/pages/user/user']);
    for (const { img, img_checked } of tabs) {
      for (const [picture] of [img, img_checked]) await expectIcon(picture!.url);
    }
    const { common_style: style } = bar.style;
    for (const side of ['top', 'bottom', 'left', 'right']) {
      expect([style[`padding_${side}`], style[`margin_${side}`]].map(Number)).toEqual([0, 0]);
    }
    expect(style.background_img).toEqual([]);
  });

  it('count the messages of whoever keeps them, for the user alone', async () => {
    const { id, token } = await createUser(test.db);
    const unreadCount = jest.fn((userId: string) => Promise.resolve(userId === id ? 3 : 7));
    const messages = test.app.get(MessageService, { strict: false });
    const counted = jest.spyOn(messages, 'unreadCount').mockImplementation(unreadCount);
    const own = await test.http.post(`/user/center?token=${token}`);
    expect(own.body.data.message_total).toBe(3);
    expect((await read('user/center')).message_total).toBe(0);
    expect(counted).toHaveBeenCalledTimes(1);
    counted.mockRestore();
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
    expect(await center(named.token)).toMatchObject({
      cart_total: {},
      avatar: PUBLIC_URL + avatar,
      nickname: '昵称',
      username: 'Named',
      user_name_view: 'Named',
      integral: '12',
    });
    expect(await center(nameless.token)).toMatchObject({
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
  expect((await module.get(BootstrapService).common('zh')).config).toMatchObject({
    common_img_verify_state: 1,
    common_user_address_platform_import_list: ['qq', 'weixin'],
    home_user_login_type: ['username', 'sms', 'email'],
    home_user_reg_type: ['username', 'sms', 'email'],
  });
  await module.close();
});
