import { ApiAction, objectSchema, type Schema } from '../../protocol/openapi/openapi.decorators.js';
import { PageDto, pageOf, pageSchema } from '../../protocol/request/paging.js';
import type { UserIntegralIndex } from './user-integral.service.js';
import type { UserIntegralHeader, UserIntegralView } from './user-integral.view.js';

const CHANGE_EXAMPLE: UserIntegralView = {
  id: '1',
  integral_type: '0',
  operation_type: '1',
  original_integral: '90',
  new_integral: '100',
  operation_integral: '10',
  msg: '订单商品完成赠送',
  add_time: '1668859279',
  integral_type_text: '有效',
  operation_type_text: '增加',
  add_time_time: '2022-11-19 20:01:19',
  add_time_date: '2022-11-19',
};

const HEADER_EXAMPLE: UserIntegralHeader = {
  available: {
    icon: 'http://shop.test/static/index/default/images/integral.png',
    name: '正常可用',
    value: '100',
    unit: '积分',
  },
  locking: {
    icon: 'http://shop.test/static/index/default/images/lock.png',
    name: '当前锁定',
    value: '0',
    unit: '积分',
  },
};

const EXAMPLE: UserIntegralIndex = {
  ...pageOf(new PageDto(), [[CHANGE_EXAMPLE], 1], (it) => it),
  user_integral_header: HEADER_EXAMPLE,
};

const strings = (fields: readonly string[], special: Record<string, Schema> = {}): Schema =>
  objectSchema({
    ...Object.fromEntries(fields.map((field) => [field, { type: 'string' as const }])),
    ...special,
  });

const CHANGE = strings(Object.keys(CHANGE_EXAMPLE), {
  integral_type: { type: 'string', enum: ['0', '1'], description: '0 valid, 1 locked.' },
  operation_type: { type: 'string', enum: ['0', '1'], description: '0 less, 1 more.' },
});

const PART = strings(Object.keys(HEADER_EXAMPLE.available));

const PAGE = pageSchema(CHANGE);

export const ApiUserIntegralIndex = (): MethodDecorator =>
  ApiAction({
    summary: "The changes of the user's points, newest first; the balance on the first page",
    token: 'required',
    data: {
      ...PAGE,
      properties: {
        ...PAGE.properties,
        user_integral_header: {
          ...objectSchema({ available: PART, locking: PART }),
          description: 'On the first page only.',
        },
      },
    },
    example: { msg: 'success', code: 0, data: EXAMPLE },
  });
