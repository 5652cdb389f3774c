import { applyDecorators } from '@nestjs/common';
import {
  ApiAction,
  ApiBodyTypes,
  EMPTY_SCHEMA,
} from '../../protocol/openapi/openapi.decorators.js';
import { LOGGED_IN_EXAMPLE, LOGGED_IN_SCHEMA } from './user.openapi.js';

const SENT =
  'Four digits, or as many as `VERIFICATION_CODE_LENGTH` says, valid for ten minutes. Code -1: the ' +
  'channel is closed. Code -2: the account has a wrong form. Code -100: nothing could be sent. Code -429: one ' +
  'a minute, ten an hour and fifteen a day for an account; without settings thirty a minute and ' +
  'three hundred an hour from an address.';

const PICTURE =
  'While many codes are guessed wrongly, for all accounts together, the answer of a picture captcha ' +
  'is needed in `verify`: code -10 without one, code -11 with a wrong one.';

const CODES =
  'Code -2: the account has a wrong form. Code -10: there is no code, it has expired, or its tries are used up. ' +
  'Code -11: the code is wrong. Code -429: too many wrong codes, from this address or ' +
  'session, or for the account from all who did not ask for the code.';

const sending = (
  summary: string,
  token: 'required' | 'none',
  description: string,
): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary,
      description: `${description} ${SENT}`,
      token,
      data: EMPTY_SCHEMA,
      example: { msg: '发送成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );

const binding = (summary: string): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary,
      description:
        `${CODES} Code -3: it is another account's, told after the right code only. Where another ` +
        'one is bound and the account has a password, code -1: `pwd` is missing, and no sign-in within ten minutes; code -4: it is wrong.',
      token: 'required',
      data: LOGGED_IN_SCHEMA,
      example: { msg: '绑定成功', code: 0, data: LOGGED_IN_EXAMPLE },
    }),
    ApiBodyTypes(),
  );

export const ApiUserLoginVerifySend = (): MethodDecorator =>
  sending(
    'Send a code for a login',
    'none',
    `Nothing is sent to an unknown account; the answer is the same. ${PICTURE} Its type is user_login.`,
  );

export const ApiUserRegVerifySend = (): MethodDecorator =>
  sending(
    'Send a code for a registration',
    'none',
    `Whether the account is taken is told by user/reg, after the right code. ${PICTURE} Its type is user_reg.`,
  );

export const ApiUserForgetPwdVerifySend = (): MethodDecorator =>
  sending(
    'Send a code for a forgotten password',
    'none',
    `Nothing is sent to an unknown account; the answer is the same. ${PICTURE} Its type is user_forget.`,
  );

export const ApiUserForgetPwd = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Set a new password by code',
      description:
        `Ends every session and code of the account. ${CODES} Code -110: the account is banned or awaiting ` +
        'review, told after the right code only.',
      token: 'none',
      data: EMPTY_SCHEMA,
      example: { msg: '操作成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );

export const ApiUserAppMobileBindVerifySend = (): MethodDecorator =>
  sending(
    'Send a code to a mobile number that is to be bound',
    'required',
    "It may be anyone's. The code is for the account that asks only.",
  );

export const ApiUserAppMobileBind = (): MethodDecorator =>
  binding('Bind a mobile number to the account');

export const ApiUserAppEmailBindVerifySend = (): MethodDecorator =>
  sending(
    'Send a code to an address that is to be bound',
    'required',
    "It may be anyone's. The code is for the account that asks only.",
  );

export const ApiUserAppEmailBind = (): MethodDecorator =>
  binding('Bind an email address to the account');
