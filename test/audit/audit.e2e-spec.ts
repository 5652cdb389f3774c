import { hash } from '@node-rs/argon2';
import { SchedulerRegistry } from '@nestjs/schedule';
import { ExpiredRowsCleaner } from '../../src/database/expired-rows.cleaner.js';
import { AuditBoundService } from '../../src/modules/audit/audit-bound.service.js';
import {
  AUDIT_ACTIONS,
  type AuditAction,
  USER_ACTIONS,
} from '../../src/modules/audit/audit-action.js';
import { PlatformTickets } from '../../src/modules/platform-identity/platform-tickets.service.js';
import {
  createAddress,
  createSession,
  createUser,
  sessionIdsOf,
  type TestUser,
} from '../support/accounts.js';
import { type TrailRow, trailOf } from '../support/audit-trail.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { dumpTables } from '../support/database-dump.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { lockRow } from '../support/row-lock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = 'battery staple';
const MOBILE = '13800138000';
const EMAIL = 'someone@example.com';

/** Of every request here; the test itself is the proxy that is believed. */
const FROM = {
  request_id: 'request-4711',
  application_client_type: 'weixin',
  system_type: 'mall',
  client_address: '203.0.113.7',
};

let test: TestApp;
let channels: CodeChannels;
let pwd: string;
let user: TestUser;
let stranger: TestUser;
/** The ids of the user's sessions: the one that asks, and two others. */
let own: string;
let others: string[];
/** Delivery addresses of the user: the default one and another. */
let home: string;
let office: string;
/** A ticket of the platform whose mini-program every request here comes from. */
let ticket: string;

const post = (path: string, parameters: object, token?: string) =>
  test.http
    .post(path)
    .set('X-Request-Id', FROM.request_id)
    .set('X-Forwarded-For', FROM.client_address)
    .send({
      application_client_type: FROM.application_client_type,
      system_type: FROM.system_type,
      ...(token !== undefined && { token }),
      ...parameters,
    });

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await startTestApp({
    ...CHEAP_HASHING,
    ...channels.env,
    TRUST_PROXY: '1',
    ATTEMPT_ACCOUNT_LIMIT: '100',
    ATTEMPT_ADDRESS_LIMIT: '1000',
  });
  pwd = await storedPassword();
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await channels.reset(test.db);
  user = await createUser(test.db, {
    username: 'someone',
    mobile: MOBILE,
    email: EMAIL,
    pwd,
    nickname: 'before',
    gender: 2,
    birthday: '1990-05-06',
  });
  for (const _ of [1, 2]) await createSession(test.db, user.id);
  [own, ...others] = (await sessionIdsOf(test.db, user.id)) as [string, ...string[]];
  home = await createAddress(test.db, user.id, { ...ADDRESS, is_default: true });
  office = await createAddress(test.db, user.id, ADDRESS);
  stranger = await createUser(test.db, { username: 'stranger', pwd });
  ticket = await test.app.get(PlatformTickets).issue({
    clientType: 'weixin',
    systemType: FROM.system_type,
    openid: 'oGZUI0egBJY1zhBYw2KhdUfwVJJE',
    unionid: '',
  });
});

/** Has a code sent and reads it. */
async function receive(path: string, parameters: object, account: string, token?: string) {
  expect((await post(path, parameters, token)).body.code).toBe(0);
  return channels.lastCode(test, account);
}

/** Something that a request does to an account. */
interface Deed {
  readonly path: string;
  readonly parameters: () => object;
  /** Whether a session asks. */
  readonly token: boolean;
  /** Where the code that it needs is sent to, and how it is asked for. */
  readonly code?: { readonly path: string; readonly parameters: object; readonly account: string };
  /** What it records, each with the user's changes. */
  readonly records: readonly (readonly [action: string, changes: () => unknown])[];
}

const ended = (ids: string[]) => ({ sessions: { old: ids, new: [] } });
const opened = { sessions: { old: [], new: [expect.stringMatching(/^\d+$/)] } };

const newMobile = '13900139001';
const newEmail = 'new.one@example.com';

/** What an address says, and nothing may repeat. */
const ADDRESS = { name: '王小明', tel: '13911112222', address: '水磨沟路 17 号', alias: '公司' };
const saved = { ...ADDRESS, province: '1', city: '35', county: '402', is_default: '0' };

const DEEDS: Record<string, Deed> = {
  'a registration by user name': {
    path: '/user/reg',
    parameters: () => ({ type: 'username', accounts: 'new_one', pwd: PASSWORD }),
    token: false,
    records: [
      ['account.registered', () => ({})],
      ['session.opened', () => opened],
    ],
  },
  'a registration by SMS': {
    path: '/user/reg',
    parameters: () => ({ type: 'sms', accounts: newMobile, pwd: PASSWORD }),
    token: false,
    code: {
      path: '/user/regverifysend',
      parameters: { type: 'sms', accounts: newMobile },
      account: newMobile,
    },
    records: [
      ['account.registered', () => ({ mobile: { old: '', new: '139****9001' } })],
      ['session.opened', () => opened],
    ],
  },
  'a login by password': {
    path: '/user/login',
    parameters: () => ({ type: 'username', accounts: 'someone', pwd: PASSWORD }),
    token: false,
    records: [['session.opened', () => opened]],
  },
  'a login that links a platform account': {
    path: '/user/login',
    parameters: () => ({
      type: 'username',
      accounts: 'someone',
      pwd: PASSWORD,
      weixin_openid: ticket,
    }),
    token: false,
    records: [
      ['session.opened', () => opened],
      ['platform.linked', () => ({ platform_identity: { old: '', new: 'oGZU****' } })],
    ],
  },
  'a login by code': {
    path: '/user/login',
    parameters: () => ({ type: 'email', accounts: EMAIL }),
    token: false,
    code: {
      path: '/user/loginverifysend',
      parameters: { type: 'email', accounts: EMAIL },
      account: EMAIL,
    },
    records: [['session.opened', () => opened]],
  },
  'a logout': {
    path: '/user/logout',
    parameters: () => ({}),
    token: true,
    records: [['session.closed', () => ended([own])]],
  },
  'the end of one session': {
    path: '/user/sessionrevoke',
    parameters: () => ({ id: others[0] }),
    token: true,
    records: [['session.revoked', () => ended([others[0]!])]],
  },
  'the end of the other sessions': {
    path: '/user/sessionrevoke',
    parameters: () => ({ id: 'others' }),
    token: true,
    records: [['session.others_revoked', () => ended(others)]],
  },
  'a new password': {
    path: '/safety/loginpwdupdate',
    parameters: () => ({
      my_pwd: PASSWORD,
      new_pwd: NEW_PASSWORD,
      confirm_new_pwd: NEW_PASSWORD,
    }),
    token: true,
    records: [
      ['password.changed', () => ({})],
      ['session.revoked_by_password', () => ended(others)],
    ],
  },
  'a forgotten password': {
    path: '/user/forgetpwd',
    parameters: () => ({ accounts: MOBILE, pwd: NEW_PASSWORD }),
    token: false,
    code: {
      path: '/user/forgetpwdverifysend',
      parameters: { accounts: MOBILE },
      account: MOBILE,
    },
    records: [
      ['password.reset', () => ({})],
      ['session.revoked_by_password', () => ended([own, ...others])],
    ],
  },
  'a bound mobile number': {
    path: '/user/appmobilebind',
    parameters: () => ({ mobile: newMobile, pwd: PASSWORD }),
    token: true,
    code: {
      path: '/user/appmobilebindverifysend',
      parameters: { mobile: newMobile },
      account: newMobile,
    },
    records: [['mobile.bound', () => ({ mobile: { old: '138****8000', new: '139****9001' } })]],
  },
  'a bound email address': {
    path: '/user/appemailbind',
    parameters: () => ({ email: newEmail, pwd: PASSWORD }),
    token: true,
    code: {
      path: '/user/appemailbindverifysend',
      parameters: { email: newEmail },
      account: newEmail,
    },
    records: [
      ['email.bound', () => ({ email: { old: 's***@example.com', new: 'n***@example.com' } })],
    ],
  },
  'a saved profile': {
    path: '/personal/save',
    parameters: () => ({ nickname: 'after', gender: 1, birthday: '', city: '' }),
    token: true,
    records: [
      [
        'profile.changed',
        () => ({
          nickname: { old: 'before', new: 'after' },
          gender: { old: 2, new: 1 },
          birthday: { old: '1990-05-06', new: null },
        }),
      ],
    ],
  },
  'a new delivery address': {
    path: '/useraddress/save',
    parameters: () => saved,
    token: true,
    records: [
      ['address.added', () => ({ addresses: { old: [], new: [expect.stringMatching(/^\d+$/)] } })],
    ],
  },
  'a changed delivery address': {
    path: '/useraddress/save',
    parameters: () => ({ ...saved, id: office, tel: '13933334444' }),
    token: true,
    records: [['address.changed', () => ({ addresses: { old: [office], new: [office] } })]],
  },
  'a delivery address that is no longer the default one': {
    path: '/useraddress/save',
    parameters: () => ({ ...saved, id: home }),
    token: true,
    records: [['address.changed', () => ({ addresses: { old: [home], new: [home] } })]],
  },
  'another default delivery address': {
    path: '/useraddress/setdefault',
    parameters: () => ({ id: office }),
    token: true,
    records: [['address.default_set', () => ({ addresses: { old: [office], new: [office] } })]],
  },
  'a changed delivery address that becomes the default one': {
    path: '/useraddress/save',
    parameters: () => ({ ...saved, id: office, alias: '', is_default: '1' }),
    token: true,
    records: [
      ['address.changed', () => ({ addresses: { old: [office], new: [office] } })],
      ['address.default_set', () => ({ addresses: { old: [office], new: [office] } })],
    ],
  },
  'a removed delivery address': {
    path: '/useraddress/delete',
    parameters: () => ({ id: home }),
    token: true,
    records: [['address.removed', () => ({ addresses: { old: [home], new: [] } })]],
  },
  'the end of the account': {
    path: '/safety/logout',
    parameters: () => ({ pwd: PASSWORD }),
    token: true,
    records: [
      ['session.revoked_by_closing', () => ended([own, ...others])],
      ['account.closed', () => ({ status: { old: 0, new: 2 } })],
    ],
  },
};

/** Does it, with the code that it needs. */
async function act({ path, parameters, token, code }: Deed) {
  const given = token ? user.token : undefined;
  const verify = code && (await receive(code.path, code.parameters, code.account, given));
  return post(path, { ...parameters(), ...(code && { verify }) }, given);
}

/** Everything but the trail and what only counts tries and codes. */
const accounts = async (): Promise<string> =>
  (await dumpTables(test.db))
    .split('\n')
    .filter((line) => /^sxo_user(_session|_address)? /.test(line))
    .sort()
    .join('\n');

/** The hashes of passwords and tokens. */
async function secretsInDatabase(): Promise<string[]> {
  const { rows } = await test.db.query<{ secret: string }>(
    `SELECT pwd AS secret FROM sxo_user WHERE pwd <> ''
     UNION SELECT encode(token_hash, 'hex') FROM sxo_user_session`,
  );
  return rows.map(({ secret }) => secret);
}

describe.each(Object.entries(DEEDS))('%s', (_, deed) => {
  it('is recorded once, with who, what, when and from where', async () => {
    const start = new Date();
    const { body } = await act(deed);
    expect(body.code).toBe(0);
    const { rows } = await test.db.query<TrailRow & { add_time: Date }>(
      'SELECT * FROM sxo_user_audit ORDER BY id',
    );
    const user_id = deed.path === '/user/reg' ? String(body.data.id) : user.id;
    expect(rows).toEqual(
      deed.records.map(([action, changes]) => ({
        id: expect.stringMatching(/^\d+$/),
        user_id,
        action,
        changes: changes(),
        session_id: deed.token ? own : null,
        operator: null,
        ...FROM,
        add_time: expect.any(Date),
      })),
    );
    for (const { add_time } of rows) {
      expect(Math.abs(add_time.getTime() - start.getTime())).toBeLessThan(60_000);
    }
  });

  it('is recorded without a password, a hash, a token, a code or a whole contact', async () => {
    const hashes = await secretsInDatabase();
    const { body } = await act(deed);
    expect(body.code).toBe(0);
    const code = deed.code && (await channels.lastCode(test, deed.code.account));
    const secrets = [
      ...Object.values(ADDRESS),
      ...[PASSWORD, NEW_PASSWORD, MOBILE, EMAIL, newMobile, newEmail, user.token],
      ...hashes,
      ...(await secretsInDatabase()),
      ...(body.data.token === undefined ? [] : [String(body.data.token)]),
      ...(code === undefined ? [] : [code]),
    ];
    const trail = JSON.stringify(await trailOf(test.db));
    expect(trail).toContain(FROM.request_id);
    expect(secrets.filter((secret) => trail.includes(secret))).toEqual([]);
  });

  it.each(deed.records.map(([action]) => action))(
    'is not done, and answered as failed, where %s cannot be recorded',
    async (action) => {
      await test.db.query(
        `ALTER TABLE sxo_user_audit ADD CONSTRAINT ck_broken CHECK (action <> '${action}')`,
      );
      try {
        const before = await accounts();
        const { status, body } = await act(deed);
        expect({ status, code: body.code }).toEqual({ status: 500, code: -500 });
        expect(await accounts()).toBe(before);
        expect(await trailOf(test.db)).toEqual([]);
      } finally {
        await test.db.query('ALTER TABLE sxo_user_audit DROP CONSTRAINT ck_broken');
      }
    },
  );
});

it('knows every action of users', () => {
  const recorded = Object.values(DEEDS).flatMap(({ records }) => records.map(([name]) => name));
  expect([...new Set(recorded)].sort()).toEqual([...USER_ACTIONS].sort());
});

describe('nothing is recorded', () => {
  const save = (parameters: object) => post('/personal/save', parameters, user.token);

  it('of a save that changes no value', async () => {
    expect((await save({ nickname: 'before', gender: 2 })).body.code).toBe(0);
    expect(await trailOf(test.db)).toEqual([]);
  });

  it.each([
    { nickname: '' },
    { nickname: 'n', gender: 3 },
    { nickname: 'n', avatar: 'http://shop.test/static/upload/images/user_avatar/foreign.jpg' },
  ])('of a save that is refused: %j', async (parameters) => {
    expect((await save(parameters)).body.code).toBe(-1);
    expect(await trailOf(test.db)).toEqual([]);
  });

  it.each([
    ['/user/login', { type: 'username', accounts: 'someone', pwd: 'wrong' }],
    ['/user/reg', { type: 'username', accounts: 'stranger', pwd: PASSWORD }],
    [
      '/safety/loginpwdupdate',
      { my_pwd: 'wrong', new_pwd: NEW_PASSWORD, confirm_new_pwd: NEW_PASSWORD },
    ],
    ['/safety/logout', { pwd: 'wrong' }],
    ['/user/appmobilebind', { mobile: newMobile, verify: '123456', pwd: PASSWORD }],
    ['/user/sessionrevoke', { id: '999999999' }],
  ])('of what is refused: %s %j', async (path, parameters) => {
    expect((await post(path, parameters, user.token)).body.code).toBeLessThan(0);
    expect(await trailOf(test.db)).toEqual([]);
  });

  it('of a delivery address that is saved as it was, or is the default one already', async () => {
    const asked = [
      await post('/useraddress/save', { ...saved, id: office }, user.token),
      await post('/useraddress/save', { ...saved, id: home, is_default: '1' }, user.token),
      await post('/useraddress/setdefault', { id: home }, user.token),
    ];
    expect(asked.map(({ body }) => Number(body.code))).toEqual([0, 0, 0]);
    expect(await trailOf(test.db)).toEqual([]);
  });

  it("of another's delivery address", async () => {
    const parameters = { ...saved, id: office, tel: '13933334444' };
    const asked = [
      await post('/useraddress/save', parameters, stranger.token),
      await post('/useraddress/setdefault', { id: office }, stranger.token),
      await post('/useraddress/delete', { id: office }, stranger.token),
    ];
    expect(asked.map(({ body }) => Number(body.code))).toEqual([-1, -1, -1]);
    expect(await trailOf(test.db)).toEqual([]);
  });

  it('of a number that is bound again', async () => {
    await test.db.query('UPDATE sxo_user SET mobile = $2 WHERE id = $1', [user.id, newMobile]);
    expect((await act(DEEDS['a bound mobile number']!)).body.code).toBe(0);
    expect(await trailOf(test.db)).toEqual([]);
  });

  it('of other sessions where there are none', async () => {
    await test.db.query('DELETE FROM sxo_user_session WHERE id = ANY($1)', [others]);
    expect((await post('/user/sessionrevoke', { id: 'others' }, user.token)).body.code).toBe(0);
    expect(await trailOf(test.db)).toEqual([]);
  });

  it('of the silent renewal of an outdated hash but the login itself', async () => {
    const outdated = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 3, parallelism: 1 });
    await test.db.query('UPDATE sxo_user SET pwd = $2 WHERE id = $1', [user.id, outdated]);
    await act(DEEDS['a login by password']!);
    const { rows } = await test.db.query('SELECT pwd FROM sxo_user WHERE id = $1', [user.id]);
    expect(rows).not.toEqual([{ pwd: outdated }]);
    expect((await trailOf(test.db)).map(({ action }) => action)).toEqual(['session.opened']);
  });
});

it('records contacts that differ where their shown parts are alike', async () => {
  await test.db.query(`UPDATE sxo_user SET mobile = '13977779001' WHERE id = $1`, [user.id]);
  await act(DEEDS['a bound mobile number']!);
  expect((await trailOf(test.db)).map(({ changes }) => changes)).toEqual([
    { mobile: { old: '139****9001', new: '139****9001' } },
  ]);
});

it.each([
  ['mobile', '12345', '****'],
  ['mobile', '', ''],
  ['email', 'nonsense', 'n***'],
  ['email', '', ''],
])('hides a brought-over %s: %s', async (column, value, shown) => {
  await test.db.query(`UPDATE sxo_user SET ${column} = $2 WHERE id = $1`, [user.id, value]);
  await act(DEEDS[column === 'mobile' ? 'a bound mobile number' : 'a bound email address']!);
  expect((await trailOf(test.db))[0]?.changes[column]?.old).toBe(shown);
});

it('chains the values of concurrent saves: each is the old one of the next', async () => {
  // No more than may wait at once behind a pooler, see test/support/pgbouncer.mjs.
  const names = ['a', 'b', 'c', 'd'];
  // The row is locked, so that every save has begun before the first of them writes.
  const lock = await lockRow(test.db, user.id);
  const saves = names.map((nickname, index) =>
    post(
      '/personal/save',
      { nickname, ...(index % 2 === 1 && { city: nickname }) },
      user.token,
    ).then(({ body }) => Number(body.code)),
  );
  try {
    await lock.awaited(names.length);
  } finally {
    // Also where it failed: every later test would wait for the lock.
    await lock.release();
  }
  expect(await Promise.all(saves)).toEqual(names.map(() => 0));

  const rows = await trailOf(test.db);
  expect(rows).toHaveLength(names.length);
  const { rows: last } = await test.db.query<Record<string, string>>(
    'SELECT nickname, city FROM sxo_user WHERE id = $1',
    [user.id],
  );
  for (const [field, first] of Object.entries({ nickname: 'before', city: '' })) {
    const changes = rows.flatMap((row) => row.changes[field] ?? []);
    const next = new Map(changes.map((change) => [change.old, change.new]));
    const chain: unknown[] = [first];
    while (next.has(chain.at(-1) as string) && chain.length <= changes.length) {
      chain.push(next.get(chain.at(-1) as string));
    }
    expect(chain).toHaveLength(changes.length + 1);
    expect(chain.at(-1)).toBe(last[0]![field]);
  }
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  [`fe80::1%${'x'.repeat(60)}`, 'fe80::1'],
  ['<script>', ''],
  ['x'.repeat(60), ''],
])('takes the address that a believed proxy tells, if it is one: %s', async (told, recorded) => {
  const { body } = await test.http
    .post('/personal/save')
    .set('X-Forwarded-For', told)
    .send({ token: user.token, nickname: 'after' });
  expect(body.code).toBe(0);
  expect((await trailOf(test.db)).map((row) => row.client_address)).toEqual([recorded]);
});

it("forgets at the account's end what the profile was, and keeps the rest", async () => {
  await act(DEEDS['a saved profile']!);
  await post('/personal/save', { nickname: 'other' }, stranger.token);
  await act(DEEDS['the end of one session']!);
  await act(DEEDS['the end of the account']!);
  expect((await trailOf(test.db)).map((row) => [row.user_id, row.action])).toEqual([
    [stranger.id, 'profile.changed'],
    [user.id, 'session.revoked'],
    [user.id, 'session.revoked_by_closing'],
    [user.id, 'account.closed'],
  ]);
});

describe('the retention', () => {
  // Only the instance with the setting is to clean up.
  beforeAll(() => test.app.get(SchedulerRegistry).getCronJob(ExpiredRowsCleaner.jobName).stop());

  const fill = (count: number, days: number) =>
    test.db.query(
      `INSERT INTO sxo_user_audit (user_id, action, changes, request_id, application_client_type,
         system_type, client_address, add_time)
       SELECT $1, 'profile.changed', '{}', $3::int::text, 'pc', 'default', '',
         now() - make_interval(days => $3::int)
       FROM generate_series(1, $2)`,
      [user.id, count, days],
    );

  const kept = async (): Promise<string[]> =>
    (await trailOf(test.db)).map(({ request_id }) => request_id);

  it('removes what is older than a year, however much, in batches', async () => {
    await fill(2_001, 366);
    await fill(2, 364);
    await test.app.get(ExpiredRowsCleaner).clean();
    expect(await kept()).toEqual(['364', '364']);
  });

  it.each([
    ['1', ['0']],
    ['0', ['400', '0']],
  ])('is a setting, 0 for ever: %s', async (days, left) => {
    await fill(1, 400);
    await fill(1, 0);
    const other = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      AUDIT_RETENTION_DAYS: days,
    });
    await other.app.get(ExpiredRowsCleaner).clean();
    await other.close();
    expect(await kept()).toEqual(left);
  });
});

describe('the bound of a user', () => {
  /** Rows of the user, the oldest first, which tell their number by their request id. */
  const write = (action: AuditAction, count: number, { of = user, bytes = 10, minutes = 1 } = {}) =>
    test.db.query(
      `INSERT INTO sxo_user_audit (user_id, action, changes, request_id, application_client_type,
         system_type, client_address, add_time)
       SELECT $1, $2, jsonb_build_object('text', string_agg(md5(n::text || letter), '')), n::text,
         'pc', 'default', '', now() - make_interval(mins => $5)
       FROM generate_series(1, $3::int) AS row (n), generate_series(1, $4::int / 32 + 1) letter
       GROUP BY row.n ORDER BY row.n`,
      [of.id, action, count, bytes, minutes],
    );

  const trim = async (env: Record<string, string> = {}): Promise<void> => {
    const other = await startTestApp({ DATABASE_URL: test.databaseUrl, ...env });
    await other.app.get(AuditBoundService).trim();
    await other.close();
  };

  const keptOf = async (action: AuditAction, of = user): Promise<number[]> =>
    (await trailOf(test.db))
      .filter((row) => row.action === action && row.user_id === of.id)
      .map(({ request_id }) => Number(request_id));

  const lastOf = (count: number, kept: number): number[] =>
    Array.from({ length: kept }, (_, index) => count - kept + index + 1);

  it('keeps the newest thousand rows of the profile, however many there are', async () => {
    await write('profile.changed', 3_500);
    await test.app.get(AuditBoundService).trim();
    expect(await keptOf('profile.changed')).toEqual(lastOf(3_500, 1_000));
    const job = test.app.get(SchedulerRegistry).getCronJob(AuditBoundService.jobName);
    const [next, later] = job.nextDates(2);
    expect(later!.diff(next!).as('minutes')).toBe(15);
  });

  it('is one for profile and delivery addresses together', async () => {
    await write('profile.changed', 20);
    await write('address.changed', 15);
    await trim({ AUDIT_PROFILE_ROWS: '20' });
    expect(await keptOf('profile.changed')).toEqual(lastOf(20, 5));
    expect(await keptOf('address.changed')).toEqual(lastOf(15, 15));
  });

  it('is one of bytes, too', async () => {
    await write('profile.changed', 50, { bytes: 3_000 });
    await trim({ AUDIT_PROFILE_KB: '100' });
    const kept = await keptOf('profile.changed');
    expect(kept).toEqual(lastOf(50, kept.length));
    // Each row has 3,000 bytes of text, which cannot be compressed to much less, and a little more.
    expect(kept.length).toBeGreaterThan(28);
    expect(kept.length).toBeLessThanOrEqual(33);
  });

  it.each<[AuditAction, AuditAction[]]>([
    ['profile.changed', ['password.changed', 'mobile.bound', 'session.opened']],
    ['session.opened', ['password.changed', 'mobile.bound', 'profile.changed']],
    ['password.changed', ['session.opened', 'profile.changed']],
  ])('of a flood of %s removes nothing of %j', async (flood, others) => {
    for (const action of others) await write(action, 2);
    await write(flood, 1_100);
    await trim({ AUDIT_PROFILE_ROWS: '10', AUDIT_ACCOUNT_ROWS: '100' });
    const most = flood === 'profile.changed' ? 10 : 100;
    expect(await keptOf(flood)).toEqual(lastOf(1_100, most));
    for (const action of others) expect(await keptOf(action)).toEqual([1, 2]);
  });

  it('of every action there is one', async () => {
    for (const action of AUDIT_ACTIONS) await write(action, 101);
    await trim({ AUDIT_PROFILE_ROWS: '10', AUDIT_ACCOUNT_ROWS: '100' });
    expect((await trailOf(test.db)).length).toBe(10 + 100 + 100);
  });

  it('is for each user alone, and for as many users as there are', async () => {
    const users = await Promise.all([1, 2, 3].map(() => createUser(test.db)));
    await write('profile.changed', 9, { of: stranger });
    for (const of of users) await write('profile.changed', 700, { of });
    await trim({ AUDIT_PROFILE_ROWS: '10' });
    for (const of of users) expect(await keptOf('profile.changed', of)).toEqual(lastOf(700, 10));
    expect(await keptOf('profile.changed', stranger)).toHaveLength(9);
  });

  it('is applied to who has written something in the last half an hour', async () => {
    await write('profile.changed', 20, { minutes: 31 });
    await trim({ AUDIT_PROFILE_ROWS: '10' });
    expect(await keptOf('profile.changed')).toHaveLength(20);
    await post('/personal/save', { nickname: 'after' }, user.token);
    await trim({ AUDIT_PROFILE_ROWS: '10' });
    expect((await trailOf(test.db)).map(({ request_id }) => request_id)).toEqual([
      ...lastOf(20, 9).map(String),
      FROM.request_id,
    ]);
  });

  it('holds where several instances trim at once', async () => {
    await write('profile.changed', 5_000);
    const trims = [1, 2, 3].map(() => test.app.get(AuditBoundService).trim());
    await Promise.all(trims);
    expect(await keptOf('profile.changed')).toEqual(lastOf(5_000, 1_000));
  });
});
