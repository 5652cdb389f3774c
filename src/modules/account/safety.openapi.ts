import { applyDecorators } from '@nestjs/common';
import {
  ApiAction,
  ApiBodyTypes,
  EMPTY_SCHEMA,
} from '../../protocol/openapi/openapi.decorators.js';
import { USER_VIEW_EXAMPLE, USER_VIEW_SCHEMA } from '../personal/personal.openapi.js';

const CODES =
  'Code -4: the password is wrong. Code -429: it was wrong too often in this session; ' +
  '`Retry-After` tells how many seconds to wait.';

export const ApiSafetyLoginPwdUpdate = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Change the password',
      description:
        'Ends every other session and every code of the account. A first password needs a sign-in within ' +
        `ten minutes: code -1 otherwise. ${CODES}`,
      token: 'required',
      data: USER_VIEW_SCHEMA,
      example: { msg: '修改成功', code: 0, data: USER_VIEW_EXAMPLE },
    }),
    ApiBodyTypes(),
  );

export const ApiSafetyLogout = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Close the account for ever',
      description:
        'Ends every session and code and frees user name, mobile number and email address. Without `pwd` the ' +
        `session must have been opened by a sign-in within ten minutes: code -1 otherwise. ${CODES}`,
      token: 'required',
      data: EMPTY_SCHEMA,
      example: { msg: '注销成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );
