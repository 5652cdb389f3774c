import { applyDecorators } from '@nestjs/common';
import {
  ApiAction,
  ApiBodyTypes,
  EMPTY_SCHEMA,
  objectSchema,
  type Schema,
} from '../../protocol/openapi/openapi.decorators.js';
import { USER_VIEW_EXAMPLE, USER_VIEW_SCHEMA } from '../personal/personal.openapi.js';
import type { LoggedIn } from './sign-in.service.js';
import type { SessionView } from './session-list.service.js';

export const LOGGED_IN_EXAMPLE: LoggedIn = { ...USER_VIEW_EXAMPLE, is_mandatory_bind_mobile: 0 };

export const LOGGED_IN_SCHEMA: Schema = {
  ...USER_VIEW_SCHEMA,
  properties: {
    ...USER_VIEW_SCHEMA.properties,
    is_mandatory_bind_mobile: { type: 'integer', description: 'Always 0.' },
  },
  required: [...(USER_VIEW_SCHEMA.required ?? []), 'is_mandatory_bind_mobile'],
};

const SESSION_EXAMPLE: SessionView = {
  id: '1024',
  application_client_type: 'pc',
  add_time: '1668859279',
  last_time: '1668859689',
  is_current: true,
};

const SESSION_SCHEMA: Schema = objectSchema({
  id: { type: 'string' },
  application_client_type: { type: 'string' },
  add_time: { type: 'string', description: 'Epoch seconds.' },
  last_time: { type: 'string', description: 'Epoch seconds of the last use, to the hour.' },
  is_current: { type: 'boolean', description: 'Whether it is the session that asks.' },
});

export const ApiUserReg = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Register and be logged in',
      description:
        'Code -2: an account or password of a wrong form. Code -3: the account is taken. Codes -10 and ' +
        '-11: there is no code, or it is wrong. Code -429: too many registrations from this address, ' +
        'or too many wrong codes; `Retry-After` tells how many seconds to wait.',
      token: 'none',
      data: LOGGED_IN_SCHEMA,
      example: { msg: '注册成功', code: 0, data: LOGGED_IN_EXAMPLE },
    }),
    ApiBodyTypes(),
  );

export const ApiUserLogin = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Log in',
      description:
        'Opens a session of the system type and client type of this request. Code -4: the account ' +
        'is unknown or the password wrong; which of the two is not told. Code -110: the account is ' +
        'banned or awaiting review. Codes -10 and -11: there is no code or picture captcha, or it ' +
        'is wrong. Code -429: too many failures, for the account or from this ' +
        'address; `Retry-After` tells how many seconds to wait.',
      token: 'none',
      data: LOGGED_IN_SCHEMA,
      example: { msg: '登录成功', code: 0, data: LOGGED_IN_EXAMPLE },
    }),
    ApiBodyTypes(),
  );

export const ApiUserTokenUserInfo = (): MethodDecorator =>
  ApiAction({
    summary: 'The user of a token',
    description: 'Code -1: the token is absent or not valid.',
    token: 'optional',
    data: USER_VIEW_SCHEMA,
    example: { msg: 'success', code: 0, data: USER_VIEW_EXAMPLE },
  });

export const ApiUserLogout = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Log out: end this session',
      token: 'required',
      data: EMPTY_SCHEMA,
      example: { msg: '退出成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );

export const ApiUserSessions = (): MethodDecorator =>
  ApiAction({
    summary: "The account's sessions, the one used last first",
    token: 'required',
    data: { type: 'array', items: SESSION_SCHEMA },
    example: { msg: 'success', code: 0, data: [SESSION_EXAMPLE] },
  });

export const ApiUserSessionRevoke = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "End one of the account's sessions, or all others",
      token: 'required',
      data: EMPTY_SCHEMA,
      example: { msg: '操作成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );
