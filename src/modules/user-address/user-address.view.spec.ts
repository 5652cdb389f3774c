import { DETAIL_EXAMPLE } from './user-address.openapi.js';
import type { StoredAddress } from './user-address.repository.js';
import { toDetailView, toListedView } from './user-address.view.js';

const row: StoredAddress = {
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
  is_default: true,
  idcard_name: '张三',
  idcard_number: 'v1.00000000.sealed',
  idcard_front: '/front.jpg',
  idcard_back: '',
};

const context = (idCardNumber: string) => ({
  idCardNumber,
  regionNames: ['北京市', '北京市', '东城区'] as const,
  toUrl: (path: string) => `http://shop.test${path}`,
});

it('shows a detail in text, in the order of the protocol', () => {
  const shown = toDetailView(row, context('11010519491231002X'));
  expect(JSON.stringify(shown)).toBe(JSON.stringify(DETAIL_EXAMPLE));
  expect(toDetailView({ ...row, is_default: false }, context('')).is_default).toBe('0');
});

it.each([true, false])('lists the same, but whether it is the default one as %s', (is_default) => {
  expect(JSON.stringify(toListedView({ ...row, is_default }, context('')))).toBe(
    JSON.stringify({ ...DETAIL_EXAMPLE, is_default, idcard_number: '' }),
  );
});

it.each([
  ['', ''],
  ['1', '*'],
  ['12345678901234', '*'.repeat(14)],
  ['123456789012345', '123********2345'],
  ['11010519491231002X', '110***********002X'],
])('lists the number %j as %j', (number, shown) => {
  expect(toListedView(row, context(number)).idcard_number).toBe(shown);
});
