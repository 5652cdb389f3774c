import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import pg from 'pg';
import { createUser, type TestUser } from '../support/accounts.js';
import { figureIn } from '../support/figures.js';
import { startMailServer, type MailServer } from '../support/mail-server.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { freePort } from '../support/postgres-server.mjs';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { type Answer, bearer, json, send, type Wire } from '../support/wire.js';

const KEY = 'a-key-of-this-test-only';
const ADDRESS = '203.0.113.7';
const WRONG = 'not the password';
const NAME = 'Alice@Example.com';

let db: pg.Pool;
let databaseUrl: string;
let mail: MailServer;
let user: TestUser;
let service: ServiceProcess;
let metricsUrl: string;
let lastId = 0;

const start = async (env: Record<string, string> = {}): Promise<void> => {
  const port = await freePort();
  metricsUrl = `http://127.0.0.1:${port}`;
  service = await ServiceProcess.start({
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    METRICS_PORT: String(port),
    TRUST_PROXY: '1',
    LOG_ACCOUNT_KEY: KEY,
    SMTP_URL: mail.url,
    MAIL_FROM: 'shop@example.com',
    ...CHEAP_HASHING,
    ...NO_LIMITS,
    ...env,
  });
};

const call = (wire: Wire, address = ADDRESS): Promise<Answer> =>
  send(service.url, {
    ...wire,
    headers: { ...wire.headers, 'X-Forwarded-For': address, 'X-Request-Id': `r${++lastId}` },
  });

const linesOf = (requestId: string): Record<string, unknown>[] =>
  service.stdout
    .split('\n')
    .filter((line) => line.includes(`"request_id":"${requestId}"`))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** What the log tells of the last request, once its own line is written. */
async function logged(): Promise<{ line: unknown; events: Record<string, unknown>[] }> {
  const id = `r${lastId}`;
  await service.until(() => linesOf(id).some(({ msg }) => msg === 'request'));
  const lines = linesOf(id);
  return {
    line: lines.find(({ msg }) => msg === 'request'),
    events: lines.filter(({ msg }) => msg === 'security event'),
  };
}

const counted = async (event: string): Promise<number | undefined> =>
  figureIn(
    (await send(metricsUrl, { path: '/metrics' })).text,
    `security_events_total{event="${event}"}`,
  );

/** As docs/observability.md has an operator compute it. */
const hashOf = (account: string): string =>
  createHmac('sha256', KEY).update(account).digest('hex').slice(0, 32);

const login = (accounts: unknown, pwd = WRONG): Wire =>
  json('/user/login', { type: 'username', accounts, pwd });

const upload = (bytes: string, token: string): Wire => ({
  ...json(
    '/personal/useravatarupload',
    `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${bytes}\r\n--b--\r\n`,
    { ...bearer(token), 'Content-Type': 'multipart/form-data; boundary=b' },
  ),
});

beforeAll(async () => {
  databaseUrl = await freshDatabase();
  db = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  mail = await startMailServer();
  user = await createUser(db, { email: NAME, pwd: await storedPassword() });
  await start();
});

afterAll(async () => {
  await killServices();
  await mail.close();
  await db.end();
});

beforeEach(() => db.query('TRUNCATE sxo_attempt, sxo_limited_use'));

const bySession = () => `id:${user.id}`;
const byName = () => NAME.toLowerCase();

it.each<[event: string, wire: () => Wire, code: number, account: (() => string) | null]>([
  ['login_failed', () => login(NAME), -4, byName],
  ['login_failed', () => login(`\u00a0${NAME.toUpperCase()} `), -4, byName],
  ['login_failed', () => login(`\u200b${NAME}\ufeff`), -4, byName],
  ['login_failed', () => login('no_such_name'), -4, () => 'no_such_name'],
  ['login_failed', () => login('\u212aelvin'), -4, () => '\u212aelvin'],
  ['login_failed', () => login('13800138000'), -4, () => '13800138000'],
  [
    'code_refused',
    () => json('/user/login', { type: 'email', accounts: NAME, verify: '123456' }),
    -10,
    byName,
  ],
  [
    'code_refused',
    () => json('/user/forgetpwd', { accounts: NAME, verify: '123456', pwd: 'battery staple' }),
    -10,
    byName,
  ],
  [
    'code_refused',
    () =>
      json('/user/reg', {
        type: 'email',
        accounts: 'new@example.com',
        verify: '123456',
        pwd: 'battery staple',
      }),
    -10,
    () => 'new@example.com',
  ],
  [
    'code_refused',
    () =>
      json(
        '/user/appemailbind',
        { email: 'new@example.com', verify: '123456', pwd: PASSWORD },
        bearer(user.token),
      ),
    -10,
    bySession,
  ],
  [
    'password_wrong',
    () => json('/safety/logout', { pwd: WRONG }, bearer(user.token)),
    -4,
    bySession,
  ],
  [
    'password_wrong',
    () =>
      json(
        '/safety/loginpwdupdate',
        { my_pwd: WRONG, new_pwd: 'battery staple', confirm_new_pwd: 'battery staple' },
        bearer(user.token),
      ),
    -4,
    bySession,
  ],
  ['upload_refused', () => upload('no picture', user.token), -1, bySession],
])('%s has a line of its own, and is counted: %#', async (event, wire, code, account) => {
  const before = await counted(event);
  expect(before).toBeDefined();
  const { body } = await call(wire());
  expect(body.code).toBe(code);
  const { line, events } = await logged();
  expect(line).toMatchObject({ code, client_address: ADDRESS });
  expect(events).toEqual([
    {
      level: 40,
      time: expect.any(String),
      context: 'SecurityLog',
      msg: 'security event',
      event,
      request_id: `r${lastId}`,
      client_address: ADDRESS,
      account: account && hashOf(account()),
    },
  ]);
  expect(await counted(event)).toBe(before! + 1);
});

it('a lockout has a line of its own, and is counted', async () => {
  for (let failures = 0; failures < 5; failures += 1) await call(login(NAME));
  const before = await counted('locked_out');
  expect((await call(login(NAME, PASSWORD))).body.code).toBe(-429);
  expect((await logged()).events).toMatchObject([
    { event: 'locked_out', client_address: ADDRESS, account: hashOf(byName()) },
  ]);
  expect(await counted('locked_out')).toBe(before! + 1);
});

it('a file that is too large is a refused upload, too, though nobody is known yet', async () => {
  const wire = upload('', user.token);
  const { body } = await call({
    ...wire,
    body: String(wire.body).replace('\r\n\r\n\r\n', `\r\n\r\n${'x'.repeat(11_000_000)}\r\n`),
  });
  expect(body.code).toBe(-1);
  expect((await logged()).events).toMatchObject([{ event: 'upload_refused' }]);
});

it.each<[string, () => Wire]>([
  ['a login', () => login(NAME, PASSWORD)],
  ['a login without a password', () => login(NAME, '')],
  ['a request limit', () => json('/user/loginverifysend', { type: 'email', accounts: NAME })],
  ['a wrong token', () => json('/personal/index', {}, bearer('0'.repeat(32)))],
  ['a wrong value', () => json('/personal/save', { nickname: '' }, bearer(user.token))],
])('%s is none', async (_, wire) => {
  await call(wire());
  expect((await logged()).events).toEqual([]);
});

it('tells the account by a hash that the documented command computes', () => {
  const command = `printf %s '${byName()}' | openssl dgst -sha256 -hmac "$LOG_ACCOUNT_KEY" | sed 's/.* //' | cut -c1-32`;
  const computed = execFileSync('sh', ['-c', command], {
    env: { ...process.env, LOG_ACCOUNT_KEY: KEY },
  });
  expect(computed.toString().trim()).toBe(hashOf(byName()));
});

it('tells no name, password, code or key anywhere', async () => {
  await logged();
  const output = (service.stdout + service.stderr).toLowerCase();
  for (const secret of [NAME, 'no_such_name', 'new@example.com', PASSWORD, WRONG, '123456', KEY]) {
    expect(output).not.toContain(secret.toLowerCase());
  }
});

describe('the settings', () => {
  afterEach(() => service.kill());

  it.each([
    ['network', ADDRESS, { client_address: '203.0.113.0/24' }],
    ['network', '2001:db8:1:2::5', { client_address: '2001:db8:1::/48' }],
  ])('shorten the address in both lines: %s of %s', async (detail, address, shown) => {
    await start({ LOG_CLIENT_ADDRESS: detail });
    await call(login(NAME), address);
    const { line, events } = await logged();
    expect(line).toMatchObject(shown);
    expect(events).toMatchObject([shown]);
    expect(service.stdout).not.toContain(address);
  });

  it('leave the address out of both lines', async () => {
    await start({ LOG_CLIENT_ADDRESS: 'off' });
    await call(login(NAME));
    const { line, events } = await logged();
    expect(line).not.toHaveProperty('client_address');
    expect(events).toEqual([expect.not.objectContaining({ client_address: expect.anything() })]);
    expect(service.stdout).not.toContain(ADDRESS);
  });

  it('draw a key for each start where there is none', async () => {
    const hashes = [];
    for (const _ of [1, 2]) {
      await start({ LOG_ACCOUNT_KEY: '' });
      await call(login(NAME));
      await call(login(NAME));
      const { events } = await logged();
      hashes.push(events[0]?.account);
      expect(linesOf(`r${lastId - 1}`).find(({ event }) => event)?.account).toBe(hashes.at(-1));
      await service.kill();
    }
    expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set([...hashes, hashOf(byName())]).size).toBe(3);
  });
});
