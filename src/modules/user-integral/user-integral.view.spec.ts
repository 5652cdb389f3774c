import { toUserIntegralHeader, toUserIntegralView } from './user-integral.view.js';

const ROW = {
  id: '1',
  integral_type: 0,
  operation_type: 1,
  original_integral: 90,
  new_integral: 100,
  operation_integral: 10,
  msg: 'p001',
  add_time: new Date('2022-11-19T12:01:19Z'),
};

it('shows the row in text, its time in the default zone of a shop', () => {
  expect(Object.entries(toUserIntegralView(ROW, 'zh'))).toEqual([
    ['id', '1'],
    ['integral_type', '0'],
    ['operation_type', '1'],
    ['original_integral', '90'],
    ['new_integral', '100'],
    ['operation_integral', '10'],
    ['msg', 'p001'],
    ['add_time', '1668859279'],
    ['integral_type_text', '有效'],
    ['operation_type_text', '增加'],
    ['add_time_time', '2022-11-19 20:01:19'],
    ['add_time_date', '2022-11-19'],
  ]);
});

it('names the kind and the direction of a change', () => {
  expect(toUserIntegralView({ ...ROW, integral_type: 1, operation_type: 0 }, 'en')).toMatchObject({
    integral_type_text: 'Locked',
    operation_type_text: 'Decrease',
  });
});

it('shows the balance above the list', () => {
  const balance = { integral: 5, locking_integral: 0 };
  expect(toUserIntegralHeader(balance, 'zh', (path) => `http://shop.test${path}`)).toEqual({
    available: {
      icon: 'http://shop.test/static/index/default/images/integral.png',
      name: '正常可用',
      value: '5',
      unit: '积分',
    },
    locking: {
      icon: 'http://shop.test/static/index/default/images/lock.png',
      name: '当前锁定',
      value: '0',
      unit: '积分',
    },
  });
});
