import { applyDecorators } from '@nestjs/common';
import {
  ApiAction,
  ApiBodyTypes,
  objectSchema,
  type Schema,
} from '../../protocol/openapi/openapi.decorators.js';
import { LOGGED_IN_EXAMPLE, LOGGED_IN_SCHEMA } from '../account/user.openapi.js';

const TICKET = 'mYVgBhHnUDcmvY2BLIZpgcC6iMQ0I0Rv_3CS7GGZ4xw';

const SIGNED_IN_SCHEMA: Schema = objectSchema({
  ...LOGGED_IN_SCHEMA.properties,
  is_user_exist: { type: 'integer', description: 'Always 1.' },
});

const FAILURES =
  'Code -1 besides: a client that is no mini-program, or whose platform is not configured. Code -503: the ' +
  'platform does not answer in time.';

const TICKET_FAILURES =
  'Code -1 for an `openid` that is neither a live ticket nor the own openid of who sends a token.';

export const ApiUserAppMiniUserAuth = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "Sign in with a mini-program's login code",
      description:
        'Answers the user and a token; weixin registers whoever is unknown. Elsewhere whoever is unknown gets ' +
        '`is_user_exist` 0 and a ticket of 24 hours, as `openid` and as `<client>_openid`, for ' +
        'user/appminiuserinfo, user/userbasereg, user/onekeyusermobilebind, user/login and user/reg. Code ' +
        `-1: the platform refuses the code. Code -110: the account is banned or awaiting review. ${FAILURES}`,
      token: 'none',
      data: {
        oneOf: [
          SIGNED_IN_SCHEMA,
          objectSchema({
            is_user_exist: { type: 'integer', description: 'Always 0.' },
            openid: { type: 'string', description: 'A ticket.' },
          }),
        ],
      },
      example: {
        msg: '授权登录成功',
        code: 0,
        data: { is_user_exist: 0, openid: TICKET, baidu_openid: TICKET },
      },
    }),
    ApiBodyTypes(),
  );

export const ApiUserAppMiniUserInfo = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Sign in with a ticket, and register whoever is unknown',
      description: `Spends the ticket. ${TICKET_FAILURES} Code -429: too many registrations from this address.`,
      token: 'optional',
      data: LOGGED_IN_SCHEMA,
      example: { msg: '授权成功', code: 0, data: LOGGED_IN_EXAMPLE },
    }),
    ApiBodyTypes(),
  );

export const ApiUserOnekeyUserMobileBind = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Bind the mobile number that the platform has verified',
      description:
        'For weixin, baidu and toutiao. With a token: binds it to that account, which must have no other. With ' +
        'a ticket, which is spent: signs in to the account of the platform identity, or ' +
        `registers one. ${TICKET_FAILURES} Code -3: another number is bound, or another account has it. ${FAILURES}`,
      token: 'optional',
      data: LOGGED_IN_SCHEMA,
      example: { msg: '绑定成功', code: 0, data: LOGGED_IN_EXAMPLE },
    }),
    ApiBodyTypes(),
  );

export const ApiUserOnekeyUserMobileDecrypt = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'The mobile number that the platform has verified',
      description:
        'For weixin, baidu and toutiao. For ten minutes personal/save and user/userbasereg take the number. A ' +
        `ticket is not spent. ${TICKET_FAILURES} ${FAILURES}`,
      token: 'optional',
      data: { type: 'string' },
      example: { msg: 'success', code: 0, data: '13800138000' },
    }),
    ApiBodyTypes(),
  );

export const ApiUserUserBaseReg = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Register with a ticket and the name that the user has typed',
      description:
        `Spends the ticket. With a token and the own openid that account is answered. ${TICKET_FAILURES} Code -3: ` +
        'another account has the number. Code -429: too many registrations from this address.',
      token: 'optional',
      data: LOGGED_IN_SCHEMA,
      example: { msg: '授权成功', code: 0, data: LOGGED_IN_EXAMPLE },
    }),
    ApiBodyTypes(),
  );
