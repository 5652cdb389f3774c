import { ApiAction, objectSchema, type Schema } from '../../protocol/openapi/openapi.decorators.js';
import { ACCOUNT_TYPES } from '../account/account-type.js';
import { USER_VIEW_EXAMPLE } from '../personal/personal.openapi.js';
import { agreementUrl } from '../agreement/agreement.urls.js';
import type { BaseCommon, Home, UserCenter } from './bootstrap.service.js';
import { toNavigation, toTabBar } from './client-entries.view.js';

const TYPES: Schema = {
  type: 'array',
  items: { type: 'string', enum: [...ACCOUNT_TYPES] },
  description: 'The open ways; sms and email where codes can be sent.',
};

const EXAMPLE_URL = 'http://shopxo.com';

const ZERO: Schema = { type: 'integer', enum: [0] };
const EMPTY_LIST: Schema = { type: 'array', items: {}, description: 'Empty.' };
const EMPTY_OBJECT: Schema = { type: 'object', description: 'Empty.' };

const PAGE_URL: Schema = { type: 'string', description: 'A page for a browser.' };

const PICTURES: Schema = { type: 'array', items: objectSchema({ url: { type: 'string' } }) };

const TAB_BAR: Schema = objectSchema({
  content: objectSchema({
    nav_style: { type: 'string' },
    nav_type: { type: 'string' },
    nav_content: {
      type: 'array',
      items: objectSchema({
        id: { type: 'string' },
        name: { type: 'string' },
        img: PICTURES,
        img_checked: PICTURES,
        link: objectSchema({ name: { type: 'string' }, page: { type: 'string' } }),
      }),
    },
  }),
  style: { type: 'object', description: 'Colours and distances, as the client computes with.' },
});

const NAVIGATION: Schema = {
  type: 'array',
  items: objectSchema({
    id: { type: 'integer' },
    name: { type: 'string' },
    images_url: { type: 'string' },
    event_type: { type: 'integer', enum: [1], description: 'A page of the client.' },
    event_value: { type: 'string' },
    desc: { type: 'string' },
  }),
};

const COMMON_EXAMPLE: BaseCommon = {
  status: 1,
  config: {
    home_user_login_type: ['username'],
    home_user_reg_type: ['username'],
    home_user_login_img_verify_state: 0,
    home_user_register_img_verify_state: 0,
    common_img_verify_state: 0,
    common_user_onekey_bind_mobile_list: [],
    common_user_address_platform_import_list: ['weixin', 'alipay', 'baidu', 'toutiao', 'qq'],
    agreement_userregister_url: agreementUrl(EXAMPLE_URL, 'userregister', 'zh'),
    agreement_userprivacy_url: agreementUrl(EXAMPLE_URL, 'userprivacy', 'zh'),
    agreement_userlogout_url: agreementUrl(EXAMPLE_URL, 'userlogout', 'zh'),
  },
  currency_symbol: '￥',
  quick_nav: [],
  plugins_base: {},
  app_tabbar: toTabBar(EXAMPLE_URL, 'zh'),
};

export const ApiBaseCommon = (): MethodDecorator =>
  ApiAction({
    summary: 'What a client needs to know at its start',
    token: 'none',
    data: objectSchema({
      status: { type: 'integer', enum: [1] },
      config: objectSchema({
        home_user_login_type: TYPES,
        home_user_reg_type: TYPES,
        home_user_login_img_verify_state: {
          type: 'integer',
          description: '1 where logins by password may need a picture captcha.',
        },
        home_user_register_img_verify_state: ZERO,
        common_img_verify_state: {
          type: 'integer',
          description: '1 while sending a code needs a picture captcha.',
        },
        common_user_onekey_bind_mobile_list: {
          type: 'array',
          items: { type: 'string' },
          description:
            'The mini-programs whose platform gives verified mobile numbers, as far as configured.',
        },
        common_user_address_platform_import_list: {
          type: 'array',
          items: { type: 'string' },
          description:
            "Client types that offer to import an address from their platform's address book.",
        },
        agreement_userregister_url: PAGE_URL,
        agreement_userprivacy_url: PAGE_URL,
        agreement_userlogout_url: PAGE_URL,
      }),
      currency_symbol: { type: 'string' },
      quick_nav: EMPTY_LIST,
      plugins_base: EMPTY_OBJECT,
      app_tabbar: TAB_BAR,
    }),
    example: { msg: 'success', code: 0, data: COMMON_EXAMPLE },
  });

const HOME_EXAMPLE: Home = { cart_total: {}, data_list: [] };

export const ApiIndexIndex = (): MethodDecorator =>
  ApiAction({
    summary: 'The home page',
    token: 'none',
    data: objectSchema({ cart_total: EMPTY_OBJECT, data_list: EMPTY_LIST }),
    example: { msg: 'success', code: 0, data: HOME_EXAMPLE },
  });

const CENTER_EXAMPLE: UserCenter = {
  cart_total: {},
  avatar: USER_VIEW_EXAMPLE.avatar,
  nickname: USER_VIEW_EXAMPLE.nickname,
  username: USER_VIEW_EXAMPLE.username,
  user_name_view: USER_VIEW_EXAMPLE.user_name_view,
  integral: USER_VIEW_EXAMPLE.integral,
  navigation: toNavigation(EXAMPLE_URL, 'zh'),
  message_total: 0,
  user_order_status: [],
  user_order_count: 0,
  user_goods_favor_count: 0,
  user_goods_browse_count: 0,
};

export const ApiUserCenter = (): MethodDecorator =>
  ApiAction({
    summary: "The user's page",
    description: 'Without a token: the default avatar, empty names and no points.',
    token: 'optional',
    data: objectSchema({
      cart_total: EMPTY_OBJECT,
      avatar: { type: 'string' },
      nickname: { type: 'string' },
      username: { type: 'string' },
      user_name_view: { type: 'string' },
      integral: { type: 'string' },
      navigation: NAVIGATION,
      message_total: { type: 'integer', description: 'Unread messages.' },
      user_order_status: EMPTY_LIST,
      user_order_count: ZERO,
      user_goods_favor_count: ZERO,
      user_goods_browse_count: ZERO,
    }),
    example: { msg: 'success', code: 0, data: CENTER_EXAMPLE },
  });
