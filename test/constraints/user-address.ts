import type { Constraints, Row } from '../support/constraints.js';

const TABLE = 'sxo_user_address';

const check = (column: string, bad: readonly unknown[], good: readonly unknown[]) => ({
  constraint: `ck_user_address_${column}`,
  table: TABLE,
  bad: bad.map((value): Row => ({ [column]: value })),
  good: good.map((value): Row => ({ [column]: value })),
});

const sealed = (body: string): string => `v1.0123abcd.${body}`;

export default {
  rows: {
    [TABLE]: {
      user_id: 1,
      alias: '',
      name: 'p001',
      tel: '13800138000',
      province: 1,
      city: 35,
      county: 402,
      address: 'a',
      lng: 0,
      lat: 0,
      is_default: false,
      idcard_name: '',
      idcard_number: '',
      idcard_front: '',
      idcard_back: '',
    },
  },
  checks: [
    check('alias', ['😀'.repeat(17)], ['', '😀'.repeat(16)]),
    check('name', ['', '😀'.repeat(31)], ['😀'.repeat(30)]),
    check('tel', ['', '1'.repeat(16), '1a', '１', '1\n'], ['+86 138-0013800']),
    {
      constraint: 'ck_user_address_region',
      table: TABLE,
      bad: [{ province: 0 }, { city: 0 }, { county: -1 }],
      good: [{ county: 0 }],
    },
    check('address', ['', '😀'.repeat(141)], ['😀'.repeat(140)]),
    {
      constraint: 'ck_user_address_place',
      table: TABLE,
      bad: [{ lng: 180.0000000001 }, { lng: -181 }, { lat: 90.0000000001 }, { lat: -91 }],
      good: [
        { lng: 180, lat: 90 },
        { lng: -180, lat: -90 },
      ],
    },
    check('idcard_name', ['😀'.repeat(61)], ['😀'.repeat(60)]),
    check(
      'idcard_number',
      [
        '11010519491231002X',
        sealed('A'.repeat(38)),
        sealed('A'.repeat(79)),
        sealed(`${'A'.repeat(39)}\n`),
        sealed(`${'A'.repeat(39)}=`),
        sealed('A'.repeat(39)).replace('v1', 'v2'),
        sealed('A'.repeat(39)).replace('0123abcd', '0123ABCD'),
      ],
      ['', sealed('A'.repeat(39)), sealed('-_'.repeat(39))],
    ),
    check('idcard_front', ['x'.repeat(256)], ['x'.repeat(255)]),
    check('idcard_back', ['x'.repeat(256)], ['x'.repeat(255)]),
  ],
  unique: [
    {
      constraint: 'uq_user_address_default',
      table: TABLE,
      first: { is_default: true },
      bad: [{ is_default: true }],
      good: [{ is_default: false }],
    },
  ],
} satisfies Constraints;
