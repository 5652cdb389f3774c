import { ApiAction, objectSchema, type Schema } from '../../protocol/openapi/openapi.decorators.js';
import { ACCOUNT_TYPES } from '../account/account-type.js';
import { USER_VIEW_EXAMPLE } from '../personal/personal.openapi.js';
import type { BaseCommon, Home, UserCenter } from './bootstrap.service.js';

const TYPES: Schema = {
  type: 'array',
  items: { type: 'string', enum: [...ACCOUNT_TYPES] },
  description: 'The open ways; sms and email where codes can be sent.',
};

const ZERO: Schema = { type: 'integer', enum: [0] };
const EMPTY_LIST: Schema = { type: 'array', items: {}, description: 'Empty.' };
const EMPTY_OBJECT: Schema = { type: 'object', description: 'Empty.' };

const COMMON_EXAMPLE: BaseCommon = {
  status: 1,
  config: {
    home_user_login_type: ['username'],
    home_user_reg_type: ['username'],
    home_user_login_img_verify_state: 0,
    home_user_register_img_verify_state: 0,
    common_img_verify_state: 0,
    common_user_address_platform_import_list: ['weixin', 'alipay', 'baidu', 'toutiao', 'qq'],
  },
  currency_symbol: '￥',
  quick_nav: [],
  plugins_base: {},
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
        common_user_address_platform_import_list: {
          type: 'array',
          items: { type: 'string' },
          description:
            "Client types that offer to import an address from their platform's address book.",
        },
      }),
      currency_symbol: { type: 'string' },
      quick_nav: EMPTY_LIST,
      plugins_base: EMPTY_OBJECT,
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
};

export const ApiUserCenter = (): MethodDecorator =>
  ApiAction({
    summary: "The head of the user's page",
    description: 'Without a token: the default avatar, empty names and no points.',
    token: 'optional',
    data: objectSchema({
      cart_total: EMPTY_OBJECT,
      avatar: { type: 'string' },
      nickname: { type: 'string' },
      username: { type: 'string' },
      user_name_view: { type: 'string' },
      integral: { type: 'string' },
    }),
    example: { msg: 'success', code: 0, data: CENTER_EXAMPLE },
  });
