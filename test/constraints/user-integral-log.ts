import type { Constraints, Row } from '../support/constraints.js';

const TABLE = 'sxo_user_integral_log';

const check = (column: string, bad: readonly unknown[], good: readonly unknown[]) => ({
  constraint: `ck_user_integral_log_${column}`,
  table: TABLE,
  bad: bad.map((value): Row => ({ [column]: value })),
  good: good.map((value): Row => ({ [column]: value })),
});

export default {
  rows: {
    [TABLE]: {
      user_id: 1,
      integral_type: 0,
      operation_type: 1,
      original_integral: 0,
      new_integral: 5,
      operation_integral: 5,
      msg: 'p001',
    },
  },
  checks: [
    check('integral_type', [-1, 2], [0, 1]),
    check('operation_type', [-1, 2], [0, 1]),
    check('operation_integral', [-1], [0]),
    check('msg', ['😀'.repeat(65_536)], ['', '😀'.repeat(65_535)]),
    check('operation_id', [-1], [0]),
    check('reference', ['', 'x'.repeat(191)], [null, 'x'.repeat(190)]),
  ],
  unique: [
    {
      constraint: 'uq_user_integral_log_reference',
      table: TABLE,
      first: { reference: 'one' },
      bad: [{ reference: 'one' }],
      good: [{ reference: 'two' }, { reference: null }],
    },
  ],
} satisfies Constraints;
