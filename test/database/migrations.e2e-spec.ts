import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DatabaseSettings } from '../../src/config/database.settings.js';
import { readSettings } from '../../src/config/env.js';
import { AppDataSource } from '../../src/database/app-data-source.js';
import { PLATFORM_IDENTITY_COLUMNS } from '../../src/modules/personal/entities/user-platform.entity.js';
import { schema } from '../../src/schema.js';
import { createUser } from '../support/accounts.js';
import {
  type Check,
  contributedConstraints,
  type Row,
  type Uniqueness,
} from '../support/constraints.js';
import { emptyDatabase, unmigratedDatabase } from '../support/test-database.js';

const contributed = await contributedConstraints();

const opened: { destroy(): Promise<void> }[] = [];

async function open(url: string, settings = {}, tables = schema): Promise<AppDataSource> {
  const dataSource = new AppDataSource(
    readSettings(DatabaseSettings, {
      DATABASE_URL: url,
      DATABASE_CONNECT_TIMEOUT_MS: '10000',
      DATABASE_STATEMENT_TIMEOUT_MS: '10000',
      DATABASE_REQUEST_TIMEOUT_MS: '10000',
      ...settings,
    }),
    tables,
  );
  await dataSource.initialize();
  opened.push(dataSource);
  return dataSource;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.destroy()));
});

/** Everything in the schema: tables, indexes, sequences, types, constraints, functions. */
const catalogue = async (dataSource: AppDataSource): Promise<string[]> => {
  const rows = await dataSource.query<{ name: string }[]>(`
    SELECT 'relation ' || relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
    UNION ALL SELECT 'constraint ' || conname FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY name`);
  return rows.map(({ name }) => name);
};

/** Every column, constraint and index of our tables, as PostgreSQL describes it. */
const definitions = async (dataSource: AppDataSource): Promise<string[]> => {
  const rows = await dataSource.query<{ definition: string }[]>(`
    WITH ours AS (
      SELECT oid, relname FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations'
    )
    SELECT relname || ': ' || definition AS definition FROM ours, LATERAL (
      SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
        -- TypeORM quotes the numbers that it makes defaults of.
        (SELECT regexp_replace(pg_get_expr(adbin, adrelid), '^''(\\d+)''::(smallint|bigint)$', '\\1')
         FROM pg_attrdef
         WHERE adrelid = attrelid AND adnum = attnum)) AS definition
      FROM pg_attribute WHERE attrelid = ours.oid AND attnum > 0
      UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE conrelid = ours.oid
      UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = ours.oid
    ) AS described
    ORDER BY 1`);
  return rows.map(({ definition }) => definition);
};

/** Only instances of an earlier release use it. */
const LEFT_BEHIND = 'sxo_rate_limit';

describe('the migrations', () => {
  it('go up, down without a trace, and up again', async () => {
    const url = await unmigratedDatabase();
    // TypeORM's own table is there from its first run on, and stays.
    const bare = await open(url, {}, { entities: [], migrations: [] });
    await bare.runMigrations();
    const before = await catalogue(bare);

    const dataSource = await open(url);
    await dataSource.migrate();
    const migrated = await catalogue(dataSource);
    expect(migrated).toEqual(expect.arrayContaining(['relation sxo_user', 'relation pk_user']));

    for (const _ of schema.migrations) await dataSource.undoLastMigration();
    expect(await catalogue(dataSource)).toEqual(before);
    expect(await dataSource.pendingMigrations()).toHaveLength(schema.migrations.length);

    await dataSource.migrate();
    expect(await catalogue(dataSource)).toEqual(migrated);
    expect(await dataSource.pendingMigrations()).toEqual([]);
  });

  it('leave nothing for TypeORM to change', async () => {
    const dataSource = await open(await emptyDatabase());
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('make what the entities describe, and the indexes that entities cannot', async () => {
    const migrated = await open(await emptyDatabase());
    const described = await open(await unmigratedDatabase());
    await described.synchronize();

    const expected = await definitions(described);
    const actual = (await definitions(migrated)).filter(
      (one) => !one.startsWith(`${LEFT_BEHIND}:`),
    );
    expect(expected.filter((one) => !actual.includes(one))).toEqual([]);
    expect(actual.filter((one) => !expected.includes(one))).toEqual([
      expect.stringMatching(/UNIQUE INDEX uq_user_email .*lower\(\(?email COLLATE "C"\)?\)/),
      expect.stringMatching(/UNIQUE INDEX uq_user_mobile .*\(mobile\)/),
      expect.stringMatching(/UNIQUE INDEX uq_user_username .*lower\(\(?username COLLATE "C"\)?\)/),
    ]);
  });

  it('delete the addresses of accounts that were closed before, and no others', async () => {
    const migrated = await open(await emptyDatabase());
    while (!(await migrated.pendingMigrations()).includes('EventDelivery1763800900000')) {
      await migrated.undoLastMigration();
    }
    await migrated.query(`
      WITH users AS (
        INSERT INTO sxo_user (number_code, is_logout_time)
        VALUES ('1000000001', now()), ('1000000002', NULL) RETURNING id
      )
      INSERT INTO sxo_user_address (user_id, alias, name, tel, province, city, county, address, lng,
        lat, is_default, idcard_name, idcard_number, idcard_front, idcard_back)
      SELECT id, '', 'x', '1', 1, 1, 0, 'a', 0, 0, false, '', '', '', '' FROM users`);
    await migrated.migrate();
    expect(
      await migrated.query(`
        SELECT u.number_code FROM sxo_user u JOIN sxo_user_address a ON a.user_id = u.id`),
    ).toEqual([{ number_code: '1000000002' }]);
  });

  it.each([1, 10])(
    'are applied once by ten starts at once, with %i connections each',
    async (pool) => {
      const url = await unmigratedDatabase();
      const starts = await Promise.all(
        Array.from({ length: 10 }, () => open(url, { DATABASE_POOL_SIZE: String(pool) })),
      );
      await Promise.all(starts.map((one) => one.migrate()));

      const applied = await starts[0]!.query<{ name: string }[]>('SELECT name FROM migrations');
      expect(applied.map(({ name }) => name)).toEqual(schema.migrations.map(({ name }) => name));
      expect(await starts[0]!.pendingMigrations()).toEqual([]);
    },
  );
});

it('the migrations are waited for by a start that is not to apply them', async () => {
  const url = await unmigratedDatabase();
  const [waiting, other] = [await open(url), await open(url)];
  const started = waiting.untilMigrated();
  const stillWaits = sleep(500, 'waits');
  expect(await Promise.race([started, stillWaits])).toBe('waits');
  await other.migrate();
  await started;
});

describe('the constraints', () => {
  let db: pg.Pool;

  beforeAll(async () => {
    db = new pg.Pool({ connectionString: await emptyDatabase('constraints'), max: 2 });
  });

  afterAll(() => db.end());

  const hash = (byte: number): string => `\\x${Buffer.alloc(32, byte).toString('hex')}`;

  /** A complete row of each table, for the user with id 1. */
  const BASE: Record<string, Row> = {
    ...contributed.rows,
    sxo_user: { number_code: '0000000002' },
    sxo_user_platform: { user_id: 1 },
    sxo_user_avatar: { user_id: 1, path: '/a.jpg' },
    sxo_user_session: {
      user_id: 1,
      token_hash: hash(1),
      system_type: 'default',
      application_client_type: 'pc',
    },
    sxo_user_audit: {
      user_id: 1,
      action: 'profile.changed',
      changes: {},
      request_id: 'r',
      application_client_type: 'pc',
      system_type: 'default',
      client_address: '',
    },
    sxo_known_address: { user_id: 1, address_hash: hash(1) },
    sxo_attempt: { key: hash(1), failures: ['2020-01-01'], expires_at: '2020-01-01' },
    sxo_verification_code: {
      purpose: 'login',
      channel: 'sms',
      account: '13800000000',
      salt: hash(1),
      code_hash: hash(1),
      tries: 0,
      expire_time: '2020-01-01',
    },
    sxo_captcha: {
      type: 'user_login',
      uuid: 'u',
      salt: hash(1),
      answer_hash: hash(1),
      expire_time: '2020-01-01',
    },
    sxo_limited_use: { key: 'k', points: 1, expire: 0 },
    sxo_region: { pid: 0, code: '1', name: '北京市', level: 1 },
    sxo_region_data: { fingerprint: 'f' },
  };

  /** Inserts rows one after another, keeping none; gives the name of the constraint that refused. */
  const refusedBy = async (table: string, ...rows: Row[]): Promise<string | undefined> => {
    const client = await db.connect();
    const insert = (into: string, row: Row) => {
      const complete = { ...BASE[into], ...row };
      const columns = Object.keys(complete).join(', ');
      return client.query(
        `INSERT INTO ${into} (${columns}) OVERRIDING SYSTEM VALUE
         SELECT ${columns} FROM jsonb_populate_record(NULL::${into}, $1)`,
        [JSON.stringify(complete)],
      );
    };
    try {
      await client.query('BEGIN');
      await client.query(`INSERT INTO sxo_user (id, number_code) VALUES (1, '0000000001')`);
      for (const parent of contributed.parents[table] ?? []) await insert(parent.table, parent.row);
      for (const row of rows) await insert(table, row);
      return undefined;
    } catch (error) {
      if (error instanceof pg.DatabaseError) return error.constraint ?? error.message;
      throw error;
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  };

  const check = (constraint: string, table: string, bad: Row[], good: Row[]): Check => ({
    constraint,
    table,
    bad,
    good,
  });

  const values = (column: string, ...all: unknown[]): Row[] =>
    all.map((value) => ({ [column]: value }));

  /** A limit of characters, not bytes. */
  const length = (constraint: string, table: string, column: string, limit: number): Check =>
    check(
      constraint,
      table,
      values(column, 'x'.repeat(limit + 1), '😀'.repeat(limit + 1)),
      values(column, '😀'.repeat(limit)),
    );

  /** Exactly the 32 bytes of a SHA-256. */
  const sha256 = (constraint: string, table: string, column: string): Check =>
    check(
      constraint,
      table,
      values(column, '\\x', `${hash(1)}00`, hash(1).slice(0, -2)),
      values(column, hash(0)),
    );

  const systemType = (constraint: string, table: string): Check =>
    check(
      constraint,
      table,
      values('system_type', '', 'a b', 'a.b', 'ä', 'a\n', 'x'.repeat(61)),
      values('system_type', 'a', 'A-z_0', 'x'.repeat(60)),
    );

  const clientType = (constraint: string, table: string, column: string): Check =>
    check(
      constraint,
      table,
      values(column, '', 'PC', 'p c', 'p-c', 'pc\n', 'x'.repeat(21)),
      values(column, 'h5', 'x'.repeat(20)),
    );

  const CHECKS: Check[] = [
    ...contributed.checks,
    check(
      'ck_user_number_code',
      'sxo_user',
      values(
        'number_code',
        '',
        '123456789',
        '12345678901',
        '123456789x',
        '１234567890',
        '1234567890\n',
      ),
      values('number_code', '9999999999'),
    ),
    check('ck_user_status', 'sxo_user', values('status', -1, 4), values('status', 0, 3)),
    check('ck_user_gender', 'sxo_user', values('gender', -1, 3), values('gender', 0, 2)),
    length('ck_user_username', 'sxo_user', 'username', 60),
    length('ck_user_nickname', 'sxo_user', 'nickname', 60),
    length('ck_user_mobile', 'sxo_user', 'mobile', 15),
    length('ck_user_email', 'sxo_user', 'email', 254),
    length('ck_user_avatar', 'sxo_user', 'avatar', 255),
    length('ck_user_province', 'sxo_user', 'province', 60),
    length('ck_user_city', 'sxo_user', 'city', 60),
    length('ck_user_county', 'sxo_user', 'county', 60),
    length('ck_user_address', 'sxo_user', 'address', 80),
    check(
      'ck_user_birthday',
      'sxo_user',
      values('birthday', '1899-12-31', '0001-01-01'),
      values('birthday', '1900-01-01', null),
    ),
    check('ck_user_integral', 'sxo_user', values('integral', -1), values('integral', 0)),
    check(
      'ck_user_locking_integral',
      'sxo_user',
      values('locking_integral', -1),
      values('locking_integral', 0),
    ),
    systemType('ck_user_platform_system_type', 'sxo_user_platform'),
    clientType('ck_user_platform_platform', 'sxo_user_platform', 'platform'),
    check(
      'ck_user_platform_identities',
      'sxo_user_platform',
      PLATFORM_IDENTITY_COLUMNS.flatMap((column) => values(column, 'x'.repeat(129))),
      PLATFORM_IDENTITY_COLUMNS.flatMap((column) => values(column, '😀'.repeat(128))),
    ),
    check(
      'ck_user_avatar_path',
      'sxo_user_avatar',
      values('path', '', 'a.jpg', 'http://a.test/a.jpg', `/${'x'.repeat(255)}`),
      values('path', '/', `/${'x'.repeat(254)}`),
    ),
    check(
      'ck_user_avatar_key_id',
      'sxo_user_avatar',
      values('key_id', '', '0123ABCD', '0123abc', '0123abcd0'),
      values('key_id', null, '0123abcd'),
    ),
    sha256('ck_user_session_token_hash', 'sxo_user_session', 'token_hash'),
    systemType('ck_user_session_system_type', 'sxo_user_session'),
    clientType('ck_user_session_client_type', 'sxo_user_session', 'application_client_type'),
    check(
      'ck_user_audit_action',
      'sxo_user_audit',
      values(
        'action',
        '',
        'profile',
        'Profile.changed',
        'profile.changed\n',
        `a.${'x'.repeat(41)}`,
      ),
      values('action', 'session.others_revoked', `a.${'x'.repeat(40)}`),
    ),
    check(
      'ck_user_audit_changes',
      'sxo_user_audit',
      values('changes', [], 'text', 1),
      values('changes', { nickname: { old: '', new: 'n' } }),
    ),
    length('ck_user_audit_request_id', 'sxo_user_audit', 'request_id', 64),
    clientType('ck_user_audit_client_type', 'sxo_user_audit', 'application_client_type'),
    systemType('ck_user_audit_system_type', 'sxo_user_audit'),
    length('ck_user_audit_client_address', 'sxo_user_audit', 'client_address', 45),
    check(
      'ck_user_audit_operator',
      'sxo_user_audit',
      values('operator', '', 'x'.repeat(61)),
      values('operator', 'x', '😀'.repeat(60), null),
    ),
    sha256('ck_known_address_hash', 'sxo_known_address', 'address_hash'),
    sha256('ck_attempt_key', 'sxo_attempt', 'key'),
    check(
      'ck_verification_code_purpose',
      'sxo_verification_code',
      values('purpose', '', 'Login', 'pay', 'login\n'),
      values('purpose', 'login', 'reg', 'forgetpwd', 'bind'),
    ),
    check(
      'ck_verification_code_channel',
      'sxo_verification_code',
      values('channel', '', 'SMS', 'mail', 'username'),
      values('channel', 'sms', 'email'),
    ),
    length('ck_verification_code_account', 'sxo_verification_code', 'account', 254),
    sha256('ck_verification_code_hash', 'sxo_verification_code', 'code_hash'),
    sha256('ck_verification_code_address', 'sxo_verification_code', 'address_hash'),
    sha256('ck_verification_code_client', 'sxo_verification_code', 'client_hash'),
    check(
      'ck_verification_code_tries',
      'sxo_verification_code',
      values('tries', -1, 6),
      values('tries', 0, 5),
    ),
    length('ck_captcha_type', 'sxo_captcha', 'type', 20),
    length('ck_captcha_uuid', 'sxo_captcha', 'uuid', 64),
    sha256('ck_captcha_hash', 'sxo_captcha', 'answer_hash'),
    length('ck_limited_use_key', 'sxo_limited_use', 'key', 300),
    check(
      'ck_region_code',
      'sxo_region',
      values('code', '', 'x'.repeat(121)),
      values('code', 'x', '省'.repeat(120)),
    ),
    check(
      'ck_region_name',
      'sxo_region',
      values('name', '', '市'.repeat(61)),
      values('name', '市', '市'.repeat(60)),
    ),
    length('ck_region_letters', 'sxo_region', 'letters', 60),
    check(
      'ck_region_level',
      'sxo_region',
      [0, 4].map((level) => ({ level, pid: 1 })),
      [
        { level: 1, pid: 0 },
        { level: 2, pid: 1 },
        { level: 3, pid: 1 },
      ],
    ),
    check(
      'ck_region_pid',
      'sxo_region',
      [
        { level: 1, pid: 1 },
        { level: 2, pid: 0 },
        { level: 3, pid: 0 },
      ],
      [
        { level: 1, pid: 0 },
        { level: 2, pid: 1 },
      ],
    ),
    check('ck_region_data_one_row', 'sxo_region_data', values('id', 0, 2), values('id', 1)),
  ];

  /** Unique among live accounts, where it is set at all. */
  const amongLive = (constraint: string, column: string, bad: string[], good: string[]) => ({
    constraint,
    table: 'sxo_user',
    first: { [column]: bad[0] },
    bad: values(column, ...bad).map((row) => ({ ...row, number_code: '0000000003' })),
    good: values(column, ...good).map((row) => ({ ...row, number_code: '0000000003' })),
  });

  const LIVE_NAMES = [
    amongLive(
      'uq_user_username',
      'username',
      ['Kim', 'kim', 'KIM'],
      ['kim2', ' kim', '\u212aim', 'k\u0131m', 'K\u0130M', ''],
    ),
    amongLive('uq_user_mobile', 'mobile', ['13800000000'], ['13800000001', '']),
    amongLive(
      'uq_user_email',
      'email',
      ['k@Shop.test', 'K@shop.TEST'],
      ['b@shop.test', '\u212a@shop.test', ''],
    ),
  ];

  const UNIQUE: Uniqueness[] = [
    ...contributed.unique,
    ...LIVE_NAMES,
    {
      constraint: 'uq_user_number_code',
      table: 'sxo_user',
      first: { is_delete_time: '2020-01-01' },
      bad: [{}, { is_delete_time: '2020-01-01' }],
      good: [{ number_code: '0000000003' }],
    },
    {
      constraint: 'uq_user_platform',
      table: 'sxo_user_platform',
      first: {},
      bad: [{}, { system_type: 'default', platform: 'pc', weixin_openid: 'x' }],
      good: [{ platform: 'h5' }, { system_type: 'other' }],
    },
    {
      constraint: 'uq_user_session_token_hash',
      table: 'sxo_user_session',
      first: {},
      bad: [{}, { system_type: 'other' }],
      good: [{ token_hash: hash(2) }],
    },
    {
      constraint: 'uq_region_code',
      table: 'sxo_region',
      first: {},
      bad: [{}, { name: '上海市' }, { level: 2, pid: 1 }],
      good: [{ code: '2' }],
    },
  ];

  it.each(CHECKS)('$constraint refuses what is wrong', async ({ constraint, table, bad, good }) => {
    for (const row of bad) {
      expect({ row, by: await refusedBy(table, row) }).toEqual({ row, by: constraint });
    }
    for (const row of good) {
      expect({ row, by: await refusedBy(table, row) }).toEqual({ row, by: undefined });
    }
  });

  it.each(UNIQUE)(
    '$constraint refuses a second',
    async ({ constraint, table, first, bad, good }) => {
      for (const row of bad) {
        expect({ row, by: await refusedBy(table, first, row) }).toEqual({ row, by: constraint });
      }
      for (const row of good) {
        expect({ row, by: await refusedBy(table, first, row) }).toEqual({ row, by: undefined });
      }
    },
  );

  it.each(
    LIVE_NAMES.flatMap((one) =>
      ['is_delete_time', 'is_logout_time'].map((column) => ({ ...one, column })),
    ),
  )('$constraint gives a name free with $column', async ({ table, first, bad, column }) => {
    expect(await refusedBy(table, { ...first, [column]: '2020-01-01' }, bad[0]!)).toBeUndefined();
  });

  it('gives empty names to any number of accounts', async () => {
    const empty = { username: '', mobile: '', email: '' };
    const rows = ['0000000002', '0000000003', '0000000004'].map((number_code) => ({
      ...empty,
      number_code,
    }));
    expect(await refusedBy('sxo_user', ...rows)).toBeUndefined();
  });

  it('are all tried here', async () => {
    const { rows } = await db.query<{ name: string }>(`
      SELECT conname AS name FROM pg_constraint
      WHERE contype = 'c' AND conrelid::regclass::text LIKE 'sxo%'
        AND conrelid::regclass::text <> '${LEFT_BEHIND}'
      UNION SELECT indexrelid::regclass::text FROM pg_index
      WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text LIKE 'sxo%'`);
    const tried = [...CHECKS, ...UNIQUE].map(({ constraint }) => constraint);
    expect(tried.sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it("let a user's sessions, platforms, pictures and audit trail go with the user, and need one", async () => {
    const children = Object.keys(BASE).filter((table) => 'user_id' in BASE[table]!);
    for (const table of children) {
      expect(await refusedBy(table, { user_id: 2 })).toBe(`fk_${table.replace(/^sxo_/, '')}_user`);
    }
    const user = await createUser(db);
    await db.query('INSERT INTO sxo_user_platform (user_id) VALUES ($1)', [user.id]);
    await db.query(`INSERT INTO sxo_user_avatar (user_id, path) VALUES ($1, '/a')`, [user.id]);
    await db.query(
      `INSERT INTO sxo_user_audit (user_id, action, changes, request_id, application_client_type,
         system_type, client_address) VALUES ($1, 'a.b', '{}', '', 'pc', 'default', '')`,
      [user.id],
    );
    await db.query('DELETE FROM sxo_user WHERE id = $1', [user.id]);
    for (const table of children) {
      expect((await db.query(`SELECT user_id FROM ${table}`)).rows).toEqual([]);
    }
  });
});
