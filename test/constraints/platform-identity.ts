import { type Constraints, type Row } from '../support/constraints.js';

const bytes = (length: number): string => `\\x${'01'.repeat(length)}`;
const HASH = bytes(32);

/** An openid is of one account for each client, and of none where it is empty. */
const oneAccount = (column: string) => ({
  constraint: `uq_user_platform_${column}`,
  table: 'sxo_user_platform',
  first: { platform: 'weixin', [column]: 'o1' },
  bad: [{ platform: 'weixin', [column]: 'o1', user_id: 3 }],
  good: [
    { platform: 'h5', [column]: 'o1', user_id: 3 },
    { platform: 'weixin', system_type: 'other', [column]: 'o1', user_id: 3 },
    { platform: 'weixin', [column]: 'O1', user_id: 3 },
    { platform: 'weixin', [column]: '', user_id: 3 },
  ],
});

const check = (
  table: string,
  column: string,
  bad: readonly unknown[],
  good: readonly unknown[],
) => ({
  constraint: `ck_${table}_${column}`,
  table: `sxo_${table}`,
  bad: bad.map((value): Row => ({ [column]: value })),
  good: good.map((value): Row => ({ [column]: value })),
});

const SEALED = [bytes(512)];
const TOO_LONG = [bytes(513)];

export default {
  rows: {
    sxo_platform_ticket: {
      ticket_hash: HASH,
      platform: 'weixin',
      system_type: 'default',
      openid: 'o1',
      expire_time: 'now',
    },
    sxo_platform_session_key: { session_id: 1, session_key: HASH, expire_time: 'now' },
    sxo_mobile_proof: { user_id: 1, mobile: '13800138000', expire_time: 'now' },
  },
  parents: {
    sxo_user_platform: [{ table: 'sxo_user', row: { id: 3, number_code: '0000000003' } }],
    sxo_platform_session_key: [
      {
        table: 'sxo_user_session',
        row: { id: 1, user_id: 1, token_hash: HASH, application_client_type: 'pc' },
      },
    ],
  },
  checks: [
    check('platform_ticket', 'ticket_hash', [bytes(31), bytes(33)], [HASH]),
    check('platform_ticket', 'platform', ['', 'a-b', 'x'.repeat(21)], ['x'.repeat(20)]),
    check('platform_ticket', 'system_type', ['', 'a b', 'x'.repeat(61)], ['x'.repeat(60)]),
    check('platform_ticket', 'openid', ['', 'x'.repeat(129)], ['x'.repeat(128)]),
    check('platform_ticket', 'unionid', ['x'.repeat(129)], ['', 'x'.repeat(128)]),
    check('platform_ticket', 'session_key', TOO_LONG, [null, ...SEALED]),
    check('platform_ticket', 'mobile', ['1'.repeat(16)], ['', '1'.repeat(15)]),
    check('platform_session_key', 'session_key', TOO_LONG, SEALED),
    check('mobile_proof', 'mobile', ['', '1'.repeat(16)], ['1'.repeat(15)]),
  ],
  unique: ['weixin', 'qq', 'baidu', 'toutiao', 'kuaishou', 'alipay'].map((platform) =>
    oneAccount(`${platform}_openid`),
  ),
} satisfies Constraints;
