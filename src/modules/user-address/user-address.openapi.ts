import { applyDecorators } from '@nestjs/common';
import {
  ApiAction,
  ApiBodyTypes,
  EMPTY_SCHEMA,
  objectSchema,
  type Schema,
} from '../../protocol/openapi/openapi.decorators.js';
import type { DetailView, ListedView } from './user-address.view.js';

/** An address as its owner sees it. */
export const DETAIL_EXAMPLE: DetailView = {
  id: '1',
  alias: '公司',
  name: '张三',
  tel: '13800138000',
  province: '1',
  city: '35',
  county: '402',
  address: '东华门大街1号',
  lng: '116.4074000000',
  lat: '39.9042000000',
  is_default: '1',
  idcard_name: '张三',
  idcard_number: '11010519491231002X',
  idcard_front: 'http://shop.test/front.jpg',
  idcard_back: '',
  province_name: '北京市',
  city_name: '北京市',
  county_name: '东城区',
  idcard_front_old: '/front.jpg',
  idcard_back_old: '',
};

const LISTED_EXAMPLE: ListedView = {
  ...DETAIL_EXAMPLE,
  is_default: true,
  idcard_number: '110***********002X',
};

const addressSchema = (special: Record<string, Schema>): Schema =>
  objectSchema(
    Object.fromEntries(
      Object.keys(DETAIL_EXAMPLE).map((field) => [field, special[field] ?? { type: 'string' }]),
    ),
  );

const LISTED_SCHEMA = addressSchema({
  is_default: { type: 'boolean' },
  idcard_number: { type: 'string', description: 'Masked.' },
});

const DETAIL_SCHEMA = addressSchema({ is_default: { type: 'string', enum: ['0', '1'] } });

export const ApiUserAddressIndex = (): MethodDecorator =>
  ApiAction({
    summary: "The user's own addresses: the default one, then the newest first",
    token: 'required',
    data: objectSchema({ data: { type: 'array', items: LISTED_SCHEMA } }),
    example: { msg: 'success', code: 0, data: { data: [LISTED_EXAMPLE] } },
  });

export const ApiUserAddressDetail = (): MethodDecorator =>
  ApiAction({
    summary: "One of the user's own addresses",
    token: 'required',
    data: objectSchema({
      data: {
        ...DETAIL_SCHEMA,
        nullable: true,
        description: 'null where the user has no such address.',
      },
      editor_path_type: { type: 'string' },
    }),
    example: {
      msg: 'success',
      code: 0,
      data: { data: DETAIL_EXAMPLE, editor_path_type: 'user_address-1-469' },
    },
  });

export const ApiUserAddressSave = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: 'Add an address or replace one',
      token: 'required',
      data: EMPTY_SCHEMA,
      example: { msg: '操作成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );

export const ApiUserAddressDelete = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "Delete one of the user's own addresses",
      token: 'required',
      data: EMPTY_SCHEMA,
      example: { msg: '删除成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );

export const ApiUserAddressSetDefault = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "Make one of the user's own addresses the default one",
      token: 'required',
      data: EMPTY_SCHEMA,
      example: { msg: '设置成功', code: 0, data: '' },
    }),
    ApiBodyTypes(),
  );

export const ApiUserAddressOutSystemAdd = (): MethodDecorator =>
  applyDecorators(
    ApiAction({
      summary: "Add an address from a platform's own address book, by the names of its regions",
      description:
        'Names are matched below their parent, with or without their suffix. A city that is not found is ' +
        "looked for by the county's name. An address that the user has already is not added again.",
      token: 'required',
      data: DETAIL_SCHEMA,
      example: { msg: '操作成功', code: 0, data: DETAIL_EXAMPLE },
    }),
    ApiBodyTypes(),
  );
