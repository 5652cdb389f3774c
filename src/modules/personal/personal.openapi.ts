import { applyDecorators } from '@nestjs/common';
import {
  ApiAction,
  ApiBodyTypes,
  objectSchema,
  type Schema,
} from '../../protocol/openapi/openapi.decorators.js';
import type { UserView } from './user.view.js';

/** The answer of ShopXO's own documentation of personal/save; times are of its zone, UTC+8. */
export const USER_VIEW_EXAMPLE: UserView = {
  id: '469',
  number_code: '8732997469',
  system_type: 'default',
  alipay_openid: '',
  weixin_openid: '',
  weixin_unionid: '',
  weixin_web_openid: '',
  baidu_openid: '',
  toutiao_openid: '',
  toutiao_unionid: '',
  qq_openid: '',
  qq_unionid: '',
  kuaishou_openid: '',
  status: '0',
  token: 'a8422d2fb14dd8323a44e7e0c7bceb47',
  username: 'pppppp',
  nickname: 'p001',
  mobile: '',
  email: '',
  gender: '1',
  avatar: 'http://shopxo.com/static/index/default/images/default-user-avatar.jpg',
  province: '上海',
  city: '上海市',
  county: '闵行区',
  birthday: '2022-11-19',
  address: '浦江科技广场',
  integral: '0',
  locking_integral: '0',
  referrer: '0',
  plugins_user_level: '0',
  plugins_distribution_level: '0',
  is_delete_time: '0',
  add_time: '1668859279',
  upd_time: '1668859689',
  add_time_text: '2022-11-19 20:01:19',
  upd_time_text: '2022-11-19 20:08:09',
  gender_text: '女',
  mobile_security: '',
  email_security: '',
  address_info: '上海上海市闵行区浦江科技广场',
  user_name_view: 'pppppp',
};

const USER_FIELDS = objectSchema(
  Object.fromEntries(Object.keys(USER_VIEW_EXAMPLE).map((field) => [field, { type: 'string' }])),
);

/** The user object: every field a string, none missing but the last. */
export const USER_VIEW_SCHEMA: Schema = {
  ...USER_FIELDS,
  properties: {
    ...USER_FIELDS.properties,
    is_setup_pwd: {
      type: 'string',
      enum: ['0', '1'],
      description: 'For `application=app` only: whether the account has a password.',
    },
  },
};

const GENDER_LIST_EXAMPLE = [
  { id: 0, name: '保密', checked: true },
  { id: 1, name: '女' },
  { id: 2, name: '男' },
];

const GENDER_LIST_SCHEMA: Schema = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      name: { type: 'string' },
      checked: { type: 'boolean', description: 'On the first entry only.' },
    },
    required: ['id', 'name'],
  },
};

export const ApiPersonalIndex = (): MethodDecorator =>
  ApiAction({
    summary: "The user's own profile",
    token: 'required',
    data: objectSchema({ data: USER_VIEW_SCHEMA, gender_list: GENDER_LIST_SCHEMA }),
    example: {
      msg: 'success',
      code: 0,
      data: { data: USER_VIEW_EXAMPLE, gender_list: GENDER_LIST_EXAMPLE },
    },
  });

export const ApiPersonalSave = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "Save the user's own profile",
      description: 'All or nothing: one wrong parameter, and nothing is changed.',
      token: 'required',
      data: USER_VIEW_SCHEMA,
      example: { msg: '修改成功', code: 0, data: USER_VIEW_EXAMPLE },
    }),
    ApiBodyTypes(),
  );
