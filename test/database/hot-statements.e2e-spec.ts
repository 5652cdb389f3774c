import { jest } from '@jest/globals';
import pg from 'pg';
import { createUser, type TestUser } from '../support/accounts.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, json, send, type Wire } from '../support/wire.js';

/**
 * What a statement of a hot action may look rows up by: the user, or what belongs to one account or
 * one caller alone. Rows of one user, token or caller can lie on one server of many.
 */
const KEYS =
  /\b(id|user_id|token_hash|username|mobile|email|key|subject|account|uuid|path|number_code)\b/;

/** Tables that every server would have a copy of: they change with a release only. */
const COPIED_EVERYWHERE = /^(sxo_region|sxo_region_data|migrations)$/;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'TID Cond'?: string;
  readonly Plans?: readonly Plan[];
}

let test: TestApp;
let user: TestUser;

/** So many that a plan which reads other users' rows costs more than one that does not. */
const MANY_USERS = `
  INSERT INTO sxo_user (number_code) SELECT n::text FROM generate_series(5000000001, 5000005000) AS n;
  INSERT INTO sxo_user_platform (user_id, system_type, platform)
    SELECT id, 'default', 'pc' FROM sxo_user WHERE starts_with(number_code, '50000');
  INSERT INTO sxo_user_session (user_id, token_hash, system_type, application_client_type)
    SELECT id, sha256(number_code::bytea), 'default', 'pc' FROM sxo_user
    WHERE starts_with(number_code, '50000');
  ANALYZE sxo_user, sxo_user_platform, sxo_user_session`;

beforeAll(async () => {
  test = await startTestApp(CHEAP_HASHING);
  user = await createUser(test.db, { username: 'hot-user', pwd: await storedPassword() });
  await test.db.query(MANY_USERS);
});

afterAll(() => test.close());

const as = (): Record<string, string> => bearer(user.token);

/** What users do all day: each is one request, and answered with success. */
const HOT: readonly [string, () => Wire][] = [
  ['personal/save', () => json('/personal/save', { nickname: 'hot' }, as())],
  ['personal/index', () => ({ path: '/personal/index', headers: as() })],
  ['personal/changes', () => ({ path: '/personal/changes', headers: as() })],
  ['user/center', () => ({ path: '/user/center', headers: as() })],
  ['useraddress/index', () => ({ path: '/useraddress/index', headers: as() })],
  [
    'user/login',
    () => json('/user/login', { type: 'username', accounts: 'hot-user', pwd: PASSWORD }),
  ],
];

const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];

interface Asked {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** The statements of a request, named ones and those of TypeORM's repositories. */
async function statementsOf(wire: Wire): Promise<Asked[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  expect(await send(test.url, wire)).toMatchObject({ status: 200, body: { code: 0 } });
  const calls = query.mock.calls as unknown as [string | Asked, unknown[]?][];
  query.mockRestore();
  return (
    calls
      .map(([asked, values = []]) => (typeof asked === 'string' ? { text: asked, values } : asked))
      // The outbox's own may come meanwhile.
      .filter(({ name }) => name?.startsWith('outbox.') !== true)
      .filter(({ text }) => !/^(START TRANSACTION|COMMIT)$/.test(text))
  );
}

/** The steps of a plan that read other rows than those of a key. */
function strangers(plan: Plan): string[] {
  return flatten(plan)
    .filter((step) => {
      const table = step['Relation Name'];
      const kind = step['Node Type'];
      if (kind === 'Seq Scan') return !COPIED_EVERYWHERE.test(table ?? '');
      if (!/^(Bitmap )?Index (Only )?Scan$/.test(kind)) return false;
      return !COPIED_EVERYWHERE.test(table ?? '') && !KEYS.test(step['Index Cond'] ?? '');
    })
    .map(
      (step) => `${step['Node Type']} ${step['Relation Name'] ?? ''} ${step['Index Cond'] ?? ''}`,
    );
}

async function planOf(text: string, values: unknown[]): Promise<Plan> {
  const client = await test.db.connect();
  try {
    // Where any index serves, it is used, however few rows there are.
    await client.query('BEGIN; SET LOCAL enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    );
    return rows[0]!['QUERY PLAN'][0].Plan;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it.each(HOT)('%s looks up rows of one user, token or account alone', async (_, wire) => {
  const asked = await statementsOf(wire());
  expect(asked.length).toBeGreaterThan(0);
  for (const { text, values } of asked) {
    const plan = await planOf(text, values);
    expect({ text, strangers: strangers(plan) }).toEqual({ text, strangers: [] });
  }
});

it.each([
  ['by no index', 'SELECT FROM sxo_user WHERE nickname = $1', ['hot']],
  ['by an index that is no key', 'SELECT FROM sxo_attempt WHERE expires_at < $1', [new Date()]],
  ['of every user', 'SELECT count(*) FROM sxo_user_session', []],
])('a statement that looks rows up %s would be found out', async (_, text, values) => {
  expect(strangers(await planOf(text, values))).toHaveLength(1);
});
