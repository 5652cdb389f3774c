import type { Constraints, Row } from '../support/constraints.js';

const TABLE = 'sxo_message';

const check = (column: string, bad: readonly unknown[], good: readonly unknown[]) => ({
  constraint: `ck_message_${column}`,
  table: TABLE,
  bad: bad.map((value): Row => ({ [column]: value })),
  good: good.map((value): Row => ({ [column]: value })),
});

export default {
  rows: { [TABLE]: { user_id: 1, title: 'p001', detail: '' } },
  checks: [
    check('system_type', ['x'.repeat(61)], ['', 'x'.repeat(60)]),
    check('title', ['😀'.repeat(121)], ['', '😀'.repeat(120)]),
    check('detail', ['😀'.repeat(65_536)], ['', '😀'.repeat(65_535)]),
    check('business_id', [-1], [0]),
    check('business_type', ['😀'.repeat(181)], ['', '😀'.repeat(180)]),
    check('type', [-1, 256], [0, 255]),
    check('reference', ['', 'x'.repeat(191)], [null, 'x'.repeat(190)]),
  ],
  unique: [
    {
      constraint: 'uq_message_reference',
      table: TABLE,
      first: { reference: 'one' },
      bad: [{ reference: 'one' }],
      good: [{ reference: 'two' }, { reference: null }],
    },
  ],
} satisfies Constraints;
