import { randomUUID } from 'node:crypto';
import { get as httpGet } from 'node:http';
import { jest } from '@jest/globals';
import pg from 'pg';
import { EventListeners } from '../../src/events/event-listeners.js';
import { OutboxWorker } from '../../src/events/outbox.worker.js';
import { Metrics } from '../../src/metrics/metrics.js';
import { AccountClosedEvent } from '../../src/modules/account/account.events.js';
import { PersonalService } from '../../src/modules/personal/personal.service.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { figureIn } from '../support/figures.js';
import { freePort } from '../support/postgres-server.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { type Answer, bearer, json, send, type Wire } from '../support/wire.js';

let test: TestApp;
let user: TestUser;
let db: pg.Pool;
let databaseUrl: string;
let metricsUrl: string;

const scrape = (path = '/metrics', method = 'GET'): Promise<Answer> =>
  send(metricsUrl, { path, method });

const read = async (series: string): Promise<number | undefined> =>
  figureIn((await scrape()).text, series);

const requests = (route: string, code: string, status: string): string =>
  `http_requests_total{route="${route}",code="${code}",status="${status}"}`;

const seriesOf = (text: string, name: string): string[] =>
  text.split('\n').filter((line) => line.startsWith(`${name}{`));

const call = (wire: Wire): Promise<Answer> => send(test.url, wire);

/** A request is counted when its answer is out, which its client may see a moment earlier. */
async function idle(): Promise<void> {
  while ((await read('http_requests_in_flight')) !== 0);
}

const start = async (env: Record<string, string> = {}): Promise<void> => {
  const port = await freePort();
  metricsUrl = `http://127.0.0.1:${port}`;
  test = await startTestApp({ DATABASE_URL: databaseUrl, METRICS_PORT: String(port), ...env });
};

beforeAll(async () => {
  databaseUrl = await freshDatabase();
  db = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  user = await createUser(db, { username: 'secretname' });
});

afterAll(() => db.end());

beforeEach(() => start());

afterEach(async () => {
  jest.restoreAllMocks();
  await test.close();
});

it('counts requests by action, code and status', async () => {
  const auth = bearer(user.token);
  await call(json('/personal/save', { nickname: 'n' }, auth));
  await call(json('/api.php?s=Personal/SAVE', { nickname: 'n' }, auth));
  await call(json('/api.php/personal/save.html', { nickname: [] }, auth));
  await call(json('/personal/save', {}));
  await call({ path: '/personal/save' });
  await call({ path: '/health/live' });
  await call({ path: '/nothing/here' });
  await call({ path: '/metrics' });
  await call({ method: 'OPTIONS', path: '/personal/save' });
  await idle();

  const { text, headers } = await scrape();
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(seriesOf(text, 'http_requests_total').sort()).toEqual(
    [
      `${requests('personal/save', '0', '200')} 2`,
      `${requests('personal/save', '-1', '200')} 1`,
      `${requests('personal/save', '-400', '200')} 1`,
      `${requests('personal/save', '-1000', '405')} 1`,
      `${requests('health/live', 'none', '200')} 1`,
      `${requests('unknown', '-1000', '404')} 2`,
      `${requests('unknown', 'none', '204')} 1`,
    ].sort(),
  );
  const buckets = 'http_request_duration_seconds_bucket';
  expect(await read(`${buckets}{le="+Inf",route="personal/save"}`)).toBe(5);
  expect(await read('http_request_duration_seconds_count{route="unknown"}')).toBe(3);
});

it('counts what is under way, and answers that are cut off', async () => {
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  const entered = new Promise<void>((resolve) => {
    jest.spyOn(test.app.get(PersonalService), 'index').mockImplementation(async () => {
      resolve();
      await held;
      return {} as never;
    });
  });
  const request = httpGet(`${test.url}/personal/index?token=${user.token}`);
  request.on('error', () => undefined);
  await entered;
  expect(await read('http_requests_in_flight')).toBe(1);
  request.destroy();
  await idle();
  go();
  expect(await read(requests('personal/index', 'none', 'aborted'))).toBe(1);
});

it('tells how busy the pool is', async () => {
  await test.close();
  await start({ DATABASE_POOL_SIZE: '1' });
  const client = await db.connect();
  try {
    await client.query('BEGIN');
    await client.query('LOCK TABLE sxo_user');
    const wire = { path: '/personal/index', headers: bearer(user.token) };
    const answers = [call(wire), call(wire), call(wire)];
    while ((await read('database_connections_waiting')) !== 2);
    expect(await read('database_connections')).toBe(1);
    expect(await read('database_connections_idle')).toBe(0);
    await client.query('ROLLBACK');
    for (const { body } of await Promise.all(answers)) expect(body.code).toBe(0);
  } finally {
    client.release();
  }
  expect(await read('database_connections_waiting')).toBe(0);
  expect(await read('database_connections_idle')).toBe(1);
});

it('tells that the pool has no connection when the service has stopped', async () => {
  const metrics = test.app.get(Metrics);
  await test.close();
  const text = await metrics.read();
  for (const which of ['', '_idle', '_waiting']) {
    expect(figureIn(text, `database_connections${which}`)).toBe(0);
  }
  await start();
});

it('tells what limits have stopped, and how Redis is, while it is away', async () => {
  await test.close();
  await start({
    RATE_LIMIT_PUBLIC_READS: '2',
    REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
  });
  const codes = [];
  for (let times = 0; times < 5; times += 1) {
    codes.push((await call({ path: '/base/common' })).body.code);
  }
  await idle();
  expect(codes).toEqual([0, 0, -429, -429, -429]);
  expect(await read('requests_throttled_total{limit="publicReads"}')).toBe(3);
  expect(await read('requests_throttled_total{limit="userReads"}')).toBe(0);
  expect(await read(requests('base/common', '-429', '429'))).toBe(3);
  expect(await read('redis_up')).toBe(0);
  // The last two were stopped without counting them; the first two ask whether a picture is due, too.
  expect(await read('redis_fallbacks_total')).toBe(5);
});

it('tells what became of durable events, and what waits', async () => {
  await call(json('/safety/logout', {}, bearer((await createUser(db)).token)));
  await db.query(`
    INSERT INTO sxo_event_delivery (event, listener, payload, failed_time)
    VALUES ('a.b', 'A.b', '{}', NULL), ('a.b', 'A.b', '{}', now()), ('a.c', 'A.c', '{}', now())`);
  await test.app.get(OutboxWorker).settled();
  await test.app.get(OutboxWorker).poll();
  const listeners = test.app.get(EventListeners).of(AccountClosedEvent.eventName);
  expect(await read('event_deliveries_total{outcome="delivered"}')).toBe(listeners.length);
  expect(await read('event_deliveries_total{outcome="given_up"}')).toBe(0);
  expect(await read('event_deliveries_pending')).toBe(1);
  expect(await read('event_deliveries_failed')).toBe(2);
  await db.query('DELETE FROM sxo_event_delivery');
});

it('tells of the process and its event loop', async () => {
  expect(await read('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  expect(await read('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  expect(await read('process_cpu_seconds_total')).toBeGreaterThan(0);
});

it('has no user’s data in it', async () => {
  const { token } = user;
  await call(json(`/personal/save?token=${token}`, { token, nickname: 'secretnick' }));
  await call({ path: `/secretpath/${token}?token=${token}`, headers: { Host: 'secrethost' } });
  await call({ path: `/api.php?s=secretpath/${token}` });
  await call(json('/user/login', { type: 'username', accounts: 'secretname', pwd: 'secretpass' }));
  await idle();
  const { text } = await scrape();
  expect(text).toContain(requests('personal/save', '0', '200'));
  expect(text).not.toContain(token);
  expect(text).not.toContain('secret');
});

// A second's work, but of a thousand requests on a busy machine.
it('has no more labels after a thousand paths', async () => {
  const probe = async (index: number): Promise<void> => {
    const path = [
      `/${randomUUID()}`,
      `/api.php?s=${randomUUID()}`,
      `/personal/${randomUUID()}`,
      `/static/${randomUUID()}.jpg`,
    ][index % 4]!;
    const method = ['GET', 'POST', 'DELETE', 'PROPFIND'][(index >> 2) % 4]!;
    await call({ method, path });
  };
  const counted = async (): Promise<[number, number]> => {
    await idle();
    const { text } = await scrape();
    return [
      seriesOf(text, 'http_requests_total').length,
      seriesOf(text, 'http_request_duration_seconds_bucket').length,
    ];
  };
  for (let index = 0; index < 16; index += 1) await probe(index);
  const before = await counted();
  for (let batch = 0; batch < 1_000; batch += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => probe(batch + index)));
  }
  expect(await counted()).toEqual(before);
  expect(await read(requests('unknown', '-1000', '404'))).toBe(1_016);
}, 120_000);

it('is at one path only', async () => {
  for (const path of ['/', '/metrics/', '/metrics/x', '/health/live', '/personal/index']) {
    expect(await scrape(path)).toMatchObject({ status: 404, text: '' });
  }
  expect((await scrape('/metrics?x=1')).status).toBe(200);
  expect(await scrape('/metrics', 'HEAD')).toMatchObject({ status: 200, text: '' });
  expect((await scrape('/metrics', 'POST')).status).toBe(404);
});

it('belongs to one application, and ends with it', async () => {
  const first = metricsUrl;
  await call({ path: '/base/common' });
  await idle();
  const other = await startTestApp({
    DATABASE_URL: databaseUrl,
    METRICS_PORT: String(await freePort()),
  });
  expect(await other.app.get(Metrics).read()).not.toContain('base/common');
  await other.close();
  expect(await read(requests('base/common', '0', '200'))).toBe(1);
  await test.close();
  await expect(send(first, { path: '/metrics' })).rejects.toThrow(
    /ECONNREFUSED|ECONNRESET|hang up/,
  );
  await start();
});

it('is off unless a port is given', async () => {
  const off = await startTestApp({ DATABASE_URL: databaseUrl });
  await off.http.get('/base/common');
  expect(await off.app.get(Metrics).read()).not.toMatch(/base\/common|process_/);
  await off.close();
});
