import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import { Database } from '../../src/database/database.js';
import { PersonalService } from '../../src/modules/personal/personal.service.js';
import { Tracing } from '../../src/tracing/tracing.js';
import { createUser, type TestUser } from '../support/accounts.js';
import {
  type OtlpCollector,
  type ReceivedSpan,
  startOtlpCollector,
} from '../support/otlp-collector.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { solid, temporaryFolder, upload } from '../support/pictures.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, json, send, type Wire } from '../support/wire.js';

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

let collector: OtlpCollector;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  collector = await startOtlpCollector();
  folder = await temporaryFolder();
  test = await startTestApp({
    ...CHEAP_HASHING,
    DATA_DIR: folder.path,
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    OTEL_SERVICE_NAME: 'shop',
  });
});

afterAll(async () => {
  await test.close();
  await collector.close();
  await folder.remove();
});

beforeEach(async () => {
  user = await createUser(test.db);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** What each request's trace id begins with: tells the traces of a test apart. */
let lastTrace = 0;

const nextTraceparent = (flags = '01'): { traceId: string; parentId: string; header: string } => {
  lastTrace += 1;
  const traceId = lastTrace.toString(16).padStart(32, 'a');
  const parentId = 'b7ad6b7169203331';
  return { traceId, parentId, header: `00-${traceId}-${parentId}-${flags}` };
};

/** Makes a request in a trace of its own. */
async function traced(wire: Wire): Promise<{ answer: Answer; traceId: string; parentId: string }> {
  const { header, ...ids } = nextTraceparent();
  const answer = await send(test.url, {
    ...wire,
    headers: { ...wire.headers, traceparent: header },
  });
  return { answer, ...ids };
}

/** Sends what is ready until so many requests' spans, each the last of its trace, have come. */
async function collected(requests: () => ReceivedSpan[], count: number): Promise<ReceivedSpan[]> {
  const { provider } = test.app.get<unknown, { provider: TracerProvider }>(Tracing);
  for (let rest = 1_000; requests().length < count; rest -= 1) {
    if (rest === 0) throw new Error('The spans did not come');
    await provider.forceFlush();
    await sleep(10);
  }
  return requests();
}

const requestsIn = (traceId: string) => (): ReceivedSpan[] =>
  collector.spans.filter((span) => span.kind === SERVER && span.traceId === traceId);

/** The spans of a trace, each with the names above it; the request's own is the first. */
async function treeOf(traceId: string): Promise<{ path: string; span: ReceivedSpan }[]> {
  await collected(requestsIn(traceId), 1);
  const spans = collector.spans.filter((span) => span.traceId === traceId);
  const pathOf = (span: ReceivedSpan): string => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return parent ? `${pathOf(parent)} > ${span.name}` : span.name;
  };
  return spans
    .map((span) => ({ path: pathOf(span), span }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const paths = async (traceId: string): Promise<string[]> =>
  (await treeOf(traceId)).map(({ path }) => path);

it('shows a request, its handler and its statements, one inside the other', async () => {
  const { answer, traceId, parentId } = await traced(
    json('/api.php?s=personal/save', { nickname: 'n' }, bearer(user.token)),
  );
  expect(answer.body.code).toBe(0);

  expect(await paths(traceId)).toEqual([
    'POST /personal/save',
    'POST /personal/save > PersonalController.save',
    'POST /personal/save > PersonalController.save > user.save_profile',
    'POST /personal/save > session.find_live',
  ]);
  const [request, ...inner] = (await treeOf(traceId)).map(({ span }) => span);
  expect(request).toMatchObject({
    kind: SERVER,
    parentSpanId: parentId,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/personal/save',
      'http.response.status_code': 200,
      'shopxo.code': 0,
    },
  });
  const statements = inner.filter(({ kind }) => kind === CLIENT).map(({ name }) => name);
  expect(statements.sort()).toEqual(['session.find_live', 'user.save_profile']);
  expect(new Set(collector.services)).toEqual(new Set(['shop']));
});

it('shows a transaction around its statements', async () => {
  const { answer, traceId } = await traced(
    json('/user/reg', { type: 'username', accounts: 'newcomer', pwd: 'correct horse' }),
  );
  expect(answer.body.code).toBe(0);
  const transaction = 'POST /user/reg > UserController.reg > transaction';
  expect(await paths(traceId)).toEqual(
    expect.arrayContaining([
      transaction,
      `${transaction} > account.insert`,
      `${transaction} > session.open`,
    ]),
  );
});

it.each([
  ['form', 'application/x-www-form-urlencoded', (token: string) => `token=${token}`],
  [
    'multipart',
    'multipart/form-data; boundary=b',
    (token: string) =>
      `--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--b--\r\n`,
  ],
])('does not lose its way while a %s body comes', async (_, type, body) => {
  const { answer, traceId } = await traced(
    json('/personal/index', body(user.token), { 'Content-Type': type }),
  );
  expect(answer.body.code).toBe(0);
  expect(await paths(traceId)).toEqual([
    'POST /personal/index',
    'POST /personal/index > PersonalController.index',
    'POST /personal/index > PersonalController.index > user.find_live',
    'POST /personal/index > session.find_live',
  ]);
});

it('does not lose its way while a file comes', async () => {
  const answer = await upload(test, user.token, await solid(40, 30).jpeg().toBuffer());
  expect(answer.body.code).toBe(0);
  const uploads = (): ReceivedSpan[] =>
    collector.spans.filter(({ name }) => name === 'POST /personal/useravatarupload');
  const [root] = await collected(uploads, 1);
  const statements = (await treeOf(root!.traceId)).filter(({ span }) => span.kind === CLIENT);
  const handler = 'POST /personal/useravatarupload > AvatarController.upload';
  expect(statements.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'POST /personal/useravatarupload > session.find_live',
      expect.stringMatching(`^${handler} > .*avatar\\.`),
    ]),
  );
});

it('tells how a request failed', async () => {
  const fail = async (wire: Wire): Promise<{ path: string; span: ReceivedSpan }[]> =>
    treeOf((await traced(wire)).traceId);
  const refusals: [Wire, status: number, code: number][] = [
    [{ path: '/nothing/here' }, 404, -1000],
    [{ path: '/personal/index' }, 200, -400],
    [json('/personal/save', { nickname: [] }, bearer(user.token)), 200, -1],
  ];
  for (const [wire, status, code] of refusals) {
    const [request] = await fail(wire);
    expect(request!.span).toMatchObject({
      attributes: { 'http.response.status_code': status, 'shopxo.code': code },
      status: {},
    });
    expect(request!.span.status.code).not.toBe(ERROR);
  }

  jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  jest
    .spyOn(test.app.get(PersonalService), 'index')
    .mockRejectedValueOnce(new TypeError('secretmessage'));
  const spans = await fail({ path: '/personal/index', headers: bearer(user.token) });
  expect(spans[0]!.span).toMatchObject({
    attributes: { 'http.response.status_code': 500, 'shopxo.code': -500 },
    status: { code: ERROR },
  });
  const handler = spans.find(({ span }) => span.name === 'PersonalController.index')!;
  expect(handler.span.attributes).toEqual({ 'error.type': 'TypeError' });
  expect(collector.raw.join('\n')).not.toContain('secretmessage');
});

it('has no name for a route that there is not', async () => {
  const { traceId } = await traced({ path: '/nothing/here' });
  expect(await paths(traceId)).toEqual(['GET']);
});

it('tells a failed statement by its code alone', async () => {
  await createUser(test.db, { username: 'secrettaken' });
  const { answer, traceId } = await traced(
    json('/user/reg', { type: 'username', accounts: 'secrettaken', pwd: 'correct horse' }),
  );
  expect(answer.body.code).toBe(-3);
  const spans = await treeOf(traceId);
  const insert = spans.find(({ span }) => span.name === 'account.insert')!;
  expect(insert.span).toMatchObject({
    attributes: { 'error.type': '23505' },
    status: { code: ERROR },
  });
  expect(collector.raw.join('\n')).not.toContain('secrettaken');
});

it('holds nothing that a request brought', async () => {
  const { token } = user;
  const secrets = [token, 'secretnick', 'secretpath', 'secretquery', 'secretpass', 'secretagent'];
  const wires: Wire[] = [
    { path: `/personal/index?token=${token}&secretquery=1` },
    { path: '/personal/index', headers: { ...bearer(token), 'User-Agent': 'secretagent' } },
    json('/personal/index', { token }),
    { path: `/api.php?s=personal/index&token=${token}` },
    { path: `/secretpath/${token}?token=${token}` },
    { path: `/api.php/secretpath?token=${token}` },
    json('/personal/save', { token, nickname: 'secretnick' }),
    json('/personal/save', { token, nickname: { secretnick: 1 } }),
    json('/user/login', { type: 'username', accounts: 'secretnick', pwd: 'secretpass' }),
    json('/personal/save', '{"secretnick', { 'X-Request-Id': token }),
  ];
  for (const wire of wires) {
    const more = { tracestate: 'a=secretagent', baggage: 'a=secretagent' };
    const { traceId } = await traced({ ...wire, headers: { ...wire.headers, ...more } });
    expect(await treeOf(traceId)).not.toEqual([]);
  }
  const all = collector.raw.join('\n');
  for (const secret of secrets) expect(all).not.toContain(secret);
});

it('joins a caller’s trace where it is well-formed, whatever its sampled flag says', async () => {
  const before = collector.spans.length;
  const roots = (): ReceivedSpan[] =>
    collector.spans.slice(before).filter(({ kind }) => kind === SERVER);
  const wanted = nextTraceparent();
  const unwanted = nextTraceparent('00');
  for (const traceparent of [wanted.header, unwanted.header, `${wanted.header}-x`, '00-secret']) {
    await send(test.url, { path: '/base/common', headers: { traceparent } });
  }

  const [first, second, ...others] = await collected(roots, 4);
  expect(first).toMatchObject({ traceId: wanted.traceId, parentSpanId: wanted.parentId });
  expect(second).toMatchObject({ traceId: unwanted.traceId, parentSpanId: unwanted.parentId });
  expect(others).toHaveLength(2);
  for (const { traceId, parentSpanId } of others) {
    expect([wanted.traceId, unwanted.traceId]).not.toContain(traceId);
    expect(parentSpanId ?? '').toBe('');
  }
});

it('has no spans outside of a request', async () => {
  const statement = { name: 'test.alone', text: 'SELECT 1 AS one' };
  expect(await test.app.get(Database).run(statement, [])).toEqual([{ one: 1 }]);
  const { traceId } = await traced({ path: '/base/common' });
  await treeOf(traceId);
  expect(collector.spans.map(({ name }) => name)).not.toContain('test.alone');
});

describe('another application', () => {
  let other: OtlpCollector;

  beforeEach(async () => {
    other = await startOtlpCollector(400);
  });

  afterEach(() => other.close());

  const start = (env: Record<string, string>): Promise<TestApp> =>
    startTestApp({ DATABASE_URL: test.databaseUrl, ...env });

  it('answers though its collector takes nothing, and says so once', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const app = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: other.url });
    expect((await app.http.get('/base/common')).body.code).toBe(0);
    // What is left is sent at the end.
    await app.close();
    expect(other.raw).toHaveLength(1);
    const messages = warned.mock.calls.map(([one]) => (one as { msg?: string }).msg);
    expect(messages.filter((one) => one?.startsWith('traces '))).toEqual([
      'traces are lost: the collector does not answer',
    ]);
  });

  it('keeps as many traces as it is told to, whatever callers want', async () => {
    const app = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: other.url,
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    const wanted: Record<string, string> = { traceparent: nextTraceparent().header };
    for (const headers of [{}, wanted]) {
      expect((await send(app.url, { path: '/base/common', headers })).body.code).toBe(0);
    }
    await app.close();
    expect(other.raw).toEqual([]);
  });

  it.each([`${'0'.repeat(31)}1`, `${'f'.repeat(31)}e`])(
    'draws for each request, whatever its trace id is: %s',
    async (traceId) => {
      jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
      const app = await start({
        OTEL_EXPORTER_OTLP_ENDPOINT: other.url,
        OTEL_TRACES_SAMPLER_ARG: '0.5',
      });
      for (let request = 0; request < 100; request += 1) {
        const trace = app.app.get(Tracing).startRequest('GET', `00-${traceId}-b7ad6b7169203331-01`);
        expect(trace?.traceId).toBe(traceId);
        trace?.end({ status: 200, aborted: false });
      }
      await app.close();
      expect(other.spans.length).toBeGreaterThan(0);
      expect(other.spans.length).toBeLessThan(100);
    },
  );

  it('traces nothing unless a collector is named', async () => {
    const app = await start({});
    expect(app.app.get(Tracing).startRequest('GET', nextTraceparent().header)).toBeUndefined();
    expect((await app.http.get('/base/common')).body.code).toBe(0);
    await app.close();
  });
});
