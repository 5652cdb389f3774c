import type { Constraints, Row } from '../support/constraints.js';

const TABLE = 'sxo_event_delivery';

const check = (column: string, bad: readonly unknown[], good: readonly unknown[]) => ({
  constraint: `ck_event_delivery_${column}`,
  table: TABLE,
  bad: bad.map((value): Row => ({ [column]: value })),
  good: good.map((value): Row => ({ [column]: value })),
});

export default {
  rows: {
    [TABLE]: { event: 'a.b', listener: 'A.b', payload: {}, tries: 0, due_time: '2020-01-01' },
  },
  checks: [
    check(
      'event',
      ['', 'account', 'Account.closed', 'account.closed\n', `a.${'x'.repeat(41)}`],
      ['account.closed', `a.${'x'.repeat(40)}`],
    ),
    check(
      'listener',
      ['', 'A', 'A.', '.b', 'A.b.c', '1A.b', 'A.b\n', `A.${'x'.repeat(61)}`],
      ['UserAddressListener.remove_1', `A.${'x'.repeat(60)}`],
    ),
    check('payload', [[], 'text', 1], [{ userId: '1' }]),
    check('tries', [-1], [0, 1]),
  ],
} satisfies Constraints;
