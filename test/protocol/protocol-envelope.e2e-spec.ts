import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { BadGatewayException, InternalServerErrorException } from '@nestjs/common';
import pg from 'pg';
import { Database } from '../../src/database/database.js';
import { PersonalService } from '../../src/modules/personal/personal.service.js';
import { LANGUAGES, translate } from '../../src/envelope/message-catalogue.js';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { type DatabaseDoor, openDatabaseDoor } from '../support/database-door.js';
import { expectFailure } from '../support/envelope.js';
import { RawConnection } from '../support/raw-connection.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { type Answer, bearer, json, send, sendRaw, type Wire } from '../support/wire.js';

const SAVE = '/personal/save';
const INDEX = '/personal/index';
const AVATAR = '/static/index/default/images/default-user-avatar.jpg';
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** What must stand in no answer. */
const INTERNALS =
  /select|insert|update|sxo_|postgres|relation|column|passwd|\.[jt]s\b|node_modules|secret|\bat \w+ \(/i;

let test: TestApp;
/** The same database with CORS for two origins, and no public URL. */
let listed: TestApp;
let user: TestUser;

const call = (wire: Wire, app = test): Promise<Answer> => send(app.url, wire);

const index = (query = '', headers: Record<string, string> = {}): Promise<Answer> =>
  call({ path: INDEX + query, headers: { ...bearer(user.token), ...headers } });

beforeAll(async () => {
  const database = await freshDatabase();
  test = await startTestApp({ DATABASE_URL: database });
  listed = await startTestApp({
    DATABASE_URL: database,
    CORS_ORIGINS: 'https://a.test,https://b.test',
    CORS_ALLOWED_HEADERS: 'X-Shop, baggage',
    PUBLIC_URL: '',
  });
  user = await createUser(test.db, { nickname: 'before' });
});

afterAll(async () => {
  await listed.close();
  await test.close();
});

it('lets no page be made of its answers, and its own page run only what is its own', async () => {
  const policy = async (path: string) =>
    (await call({ path })).headers['content-security-policy'] ?? '';
  for (const path of ['/region/index', '/nothing', AVATAR]) {
    expect(await policy(path)).toBe("default-src 'none';frame-ancestors 'none'");
  }
  expect(await policy('/docs')).toContain("script-src 'self'");
});

/** A request for every failure that the running application can answer. */
const FAILURES: [string, () => Wire, number, number][] = [
  ['a wrong parameter', () => json(SAVE, {}, bearer(user.token)), 200, -1],
  ['no token', () => json(SAVE, {}), 200, -400],
  ['a malformed body', () => json(SAVE, '{'), 400, -1],
  ['a body that is no object', () => json(SAVE, '[]'), 400, -1],
  ['no route', () => ({ path: '/nothing' }), 404, -1000],
  ['no route in the entry script', () => ({ path: '/api.php?s=nothing/at-all' }), 404, -1000],
  ['no static file', () => ({ path: '/static/nothing.jpg' }), 404, -1000],
  ['a wrong method', () => ({ method: 'DELETE', path: SAVE }), 405, -1000],
  ['a wrong method on health', () => ({ method: 'POST', path: '/health/live' }), 405, -1000],
  ['too large a body', () => json(SAVE, { x: 'x'.repeat(100_000) }), 413, -1],
  ['another content type', () => json(SAVE, {}, { 'Content-Type': 'text/plain' }), 415, -1],
];

describe('every failure is an envelope with the headers of every answer', () => {
  it.each(FAILURES)('%s', async (_, wire, status, code) => {
    const answer = await call(wire());
    expectFailure(answer, status, code);
    expect(answer.headers['x-request-id']).toMatch(REQUEST_ID);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.text).not.toMatch(INTERNALS);
  });

  it('and so is success', async () => {
    const { status, headers, text, body } = await index();
    expect(status).toBe(200);
    expect(text).toBe(JSON.stringify({ msg: 'success', code: 0, data: body.data }));
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(REQUEST_ID),
    });
    expect(headers.etag).toBeUndefined();
  });

  const HOST = 'Host: shop.test\r\n';
  const CLOSE = 'Connection: close\r\n\r\n';

  it.each([
    ['no HTTP', 'GARBAGE\r\n\r\n', 400],
    ['an unknown method', `FOO / HTTP/1.1\r\n${HOST}${CLOSE}`, 400],
    ['a folded header', `GET / HTTP/1.1\r\n${HOST}X-Request-Id: a\r\n b\r\n${CLOSE}`, 400],
    ['a line feed in a header', `GET / HTTP/1.1\r\n${HOST}X-Request-Id: a\nb: c\r\n${CLOSE}`, 400],
    [
      'two lengths',
      `POST ${SAVE} HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n${CLOSE}{}`,
      400,
    ],
    [
      'a length and chunks',
      `POST ${SAVE} HTTP/1.1\r\n${HOST}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n${CLOSE}0\r\n\r\n`,
      400,
    ],
    [
      'a malformed chunk',
      `POST ${SAVE} HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n${CLOSE}ZZ\r\n`,
      400,
    ],
    ['no Host', `GET ${INDEX} HTTP/1.1\r\n${CLOSE}`, 400],
    ['an expectation', `GET ${INDEX} HTTP/1.1\r\n${HOST}Expect: wonders\r\n${CLOSE}`, 417],
    ['headers too large', `GET / HTTP/1.1\r\n${HOST}X: ${'x'.repeat(20_000)}\r\n${CLOSE}`, 431],
    ['a URL too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}${CLOSE}`, 431],
  ])('what is no right HTTP: %s', async (_, bytes, status) => {
    const answer = await sendRaw(test.url, bytes);
    expectFailure(answer, status, -1);
    expect(answer.text).not.toMatch(INTERNALS);
  });
});

describe('an unexpected error', () => {
  const SECRET = 'SELECT secret FROM sxo_user /etc/passwd';

  const fail = (reason: unknown): void => {
    jest.spyOn(test.app.get(PersonalService), 'index').mockRejectedValueOnce(reason);
  };

  const unexpected: [string, () => void][] = [
    ['an error', () => fail(new Error(SECRET))],
    [
      'an error with a status',
      () => fail(Object.assign(new Error(SECRET), { status: 404, statusCode: 404, expose: true })),
    ],
    ['a text', () => fail(SECRET)],
    ['nothing', () => fail(undefined)],
    ['an object', () => fail({ msg: SECRET, code: 0, data: SECRET })],
    ['an error of the database', () => fail(new pg.DatabaseError(SECRET, 1, 'error'))],
    ["one of Nest's that has no code here", () => fail(new BadGatewayException(SECRET))],
    ["Nest's own of this kind", () => fail(new InternalServerErrorException(SECRET))],
    [
      'an answer that cannot be written',
      () => {
        const answer = {
          toJSON: () => {
            throw new Error(SECRET);
          },
        };
        jest.spyOn(test.app.get(PersonalService), 'index').mockResolvedValueOnce(answer as never);
      },
    ],
  ];

  it.each(unexpected)('tells a request id and nothing else: %s', async (_, arrange) => {
    for (const lang of LANGUAGES) {
      arrange();
      const answer = await index(`?lang=${lang}`, { 'X-Request-Id': `id-${lang}` });
      expectFailure(answer, 500, -500);
      expect(answer.headers['x-request-id']).toBe(`id-${lang}`);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.body.msg).toBe(
        translate(lang, 'protocol:unexpected', { requestId: `id-${lang}` }),
      );
      expect(answer.body.msg).toContain(`id-${lang}`);
      expect(answer.text).not.toMatch(INTERNALS);
    }
    expect((await index()).body.code).toBe(0);
  });
});

describe('without the database', () => {
  let database: string;
  let name: string;
  let server: pg.Client;
  let door: DatabaseDoor;
  let gone: TestApp;
  let owner: TestUser;

  beforeAll(async () => {
    database = await freshDatabase('gone');
    name = new URL(database).pathname.slice(1);
    server = new pg.Client(process.env.NEST_SHOPXO_TEST_SERVER);
    await server.connect();
    door = await openDatabaseDoor(database);
    gone = await startTestApp({
      DATABASE_URL: door.url,
      DATABASE_CONNECT_TIMEOUT_MS: '600',
      DATABASE_STATEMENT_TIMEOUT_MS: '600',
    });
    // The test's own idle connections are cut too.
    gone.db.on('error', () => undefined);
    owner = await createUser(gone.db, { nickname: 'before' });
  });

  afterAll(async () => {
    await gone.close();
    door.close();
    await server.end();
  });

  const disconnect = (): Promise<unknown> =>
    server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ]);

  const outages: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      'it takes no connections',
      async () => {
        await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
        await disconnect();
      },
      () => server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`),
    ],
    [
      'it does not exist',
      async () => {
        await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
        await disconnect();
        await server.query(`ALTER DATABASE ${name} RENAME TO ${name}_away`);
      },
      async () => {
        await server.query(`ALTER DATABASE ${name}_away RENAME TO ${name}`);
        await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      },
    ],
    [
      'it falls silent',
      () => {
        door.silence();
        return Promise.resolve();
      },
      () => {
        door.open();
        return Promise.resolve();
      },
    ],
  ];

  it.each(outages)('%s: 503 until it is back', async (_, begin, end) => {
    const before = await rowOf(gone.db, owner.id);
    await begin();
    try {
      for (const wire of [
        { path: INDEX, headers: bearer(owner.token) },
        json(SAVE, { nickname: 'during' }, bearer(owner.token)),
        { path: `/api.php?s=personal/index&token=${owner.token}&lang=en` },
      ]) {
        const answer = await call(wire, gone);
        expectFailure(answer, 503, -503);
        expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
        expect(answer.headers['x-request-id']).toMatch(REQUEST_ID);
        expect(answer.headers['access-control-allow-origin']).toBe('*');
        const language = wire.path.includes('lang=en') ? 'en' : 'zh';
        expect(answer.body.msg).toBe(translate(language, 'protocol:unavailable'));
      }
      let ready = await call({ path: '/health/ready' }, gone);
      while (ready.status === 200) {
        await sleep(50);
        ready = await call({ path: '/health/ready' }, gone);
      }
      expect(ready).toMatchObject({ status: 503, body: { status: 'error' } });
      expect(ready.text).not.toMatch(INTERNALS);
      expect(await call({ path: '/health/live' }, gone)).toMatchObject({ status: 200 });
      // What needs no database is answered as ever.
      expectFailure(await call({ path: '/nothing' }, gone), 404, -1000);
      expectFailure(await call({ path: INDEX }, gone), 200, -400);
    } finally {
      await end();
    }
    expect(await call({ path: INDEX, headers: bearer(owner.token) }, gone)).toMatchObject({
      status: 200,
      body: { code: 0 },
    });
    while ((await call({ path: '/health/ready' }, gone)).status !== 200) await sleep(50);
    expect(await rowOf(gone.db, owner.id)).toEqual(before);
  });

  it('a connection that is cut costs no more than a request', async () => {
    await index();
    await disconnect();
    await call({ path: INDEX, headers: bearer(owner.token) }, gone);
    expect(await call({ path: INDEX, headers: bearer(owner.token) }, gone)).toMatchObject({
      status: 200,
      body: { code: 0 },
    });
  });
});

describe('public parameters', () => {
  const ask = (parameters: object, query = ''): Promise<Answer> =>
    call(json(INDEX + query, { token: user.token, ...parameters }));

  const APPLICATIONS = ['web', 'app'];
  const CLIENT_TYPES = [
    ...['pc', 'h5', 'ios', 'android', 'weixin', 'alipay', 'baidu', 'toutiao', 'qq', 'kuaishou'],
  ];
  const CASES: [string, string[], unknown[], string[]][] = [
    [
      'application',
      APPLICATIONS,
      ['x', 'WEB', 'web ', 'ｗeb', 'toString', 0, true, ['web'], { a: 'web' }],
      APPLICATIONS,
    ],
    [
      'application_client_type',
      CLIENT_TYPES,
      ['x', 'PC', 'pc,h5', ' pc', '__proto__', 1, ['pc'], { a: 'pc' }],
      CLIENT_TYPES,
    ],
    [
      'system_type',
      ['default', 'a', 'A-b_9', 's'.repeat(60)],
      ['s'.repeat(61), 'a b', 'a\n', 'ü', '../x', "'", 'a\0', 1, ['a'], { a: 'a' }],
      ['60', 'a-z', 'A-Z', '0-9', '_', '-'],
    ],
  ];

  it.each(CASES)('%s', async (name, good, bad, told) => {
    for (const value of ['', ...good]) {
      expect((await ask({ [name]: value })).body).toMatchObject({ code: 0 });
      const query = `?${name}=${encodeURIComponent(value)}`;
      expect((await ask({}, query)).body).toMatchObject({ code: 0 });
    }
    for (const value of bad) {
      const answers = [await ask({ [name]: value })];
      if (typeof value === 'string') {
        answers.push(await ask({}, `?${name}=${encodeURIComponent(value)}`));
      }
      for (const answer of answers) {
        expectFailure(answer, 200, -1);
        expect(answer.body.msg).toContain(`（${name}）`);
        for (const word of told) expect(answer.body.msg).toContain(word);
      }
    }
    const [right] = good;
    // The body wins, and an empty one of it counts as absent.
    expect((await ask({ [name]: right }, `?${name}=!`)).body.code).toBe(0);
    expect((await ask({ [name]: '!' }, `?${name}=${right}`)).body.code).toBe(-1);
    expect((await ask({ [name]: '' }, `?${name}=!`)).body.code).toBe(-1);
    expect((await ask({}, `?${name}[]=${right}`)).body.code).toBe(-1);
  });

  it('that the service does not know are ignored, whatever they are', async () => {
    const before = await rowOf(test.db, user.id);
    const names = [
      ...['ajax', 'uuid', 'theme', 'referrer', 'application_client_brand', 'user_lng', 'user_lat'],
      ...['s', 'PHPSESSID', 'page', '0', 'a.b', '上海', 'x'.repeat(200)],
    ];
    for (const value of ['ajax', '', '-1', 7, null, [], { a: ['b'] }, '😀'.repeat(100)]) {
      const extra = Object.fromEntries(names.map((name) => [name, value]));
      const query = `?${names.map((name) => `${encodeURIComponent(name)}[]=1`).join('&')}`;
      expect((await ask(extra, query)).body).toMatchObject({ code: 0 });
      const saved = await call(
        json(SAVE + query, { ...extra, token: user.token, nickname: 'before' }),
      );
      expect(saved.body).toMatchObject({ code: 0 });
    }
    expect(await rowOf(test.db, user.id)).toEqual({ ...before, upd_time: expect.any(Date) });
  });
});

describe('the language', () => {
  const message = async (wire: Wire): Promise<string> => (await call(wire)).body.msg;
  const text = (language: (typeof LANGUAGES)[number]): string =>
    translate(language, 'protocol:notLoggedIn');

  it('is one of four', async () => {
    const texts = LANGUAGES.map(text);
    expect(new Set(texts).size).toBe(4);
    for (const lang of LANGUAGES) {
      expect(await message({ path: `${INDEX}?lang=${lang}` })).toBe(text(lang));
      expect(await message(json(INDEX, { lang }))).toBe(text(lang));
      // It does not stick to whoever asks next.
      expect(await message({ path: INDEX })).toBe(text('zh'));
    }
  });

  it.each([
    ['unknown', '?lang=fr', {}],
    ['in another case', '?lang=EN', {}],
    ['with a region', '?lang=en-US', {}],
    ['empty', '?lang=', {}],
    ['a list', '?lang[]=en', {}],
    ['sent twice', '?lang=en&lang=en', {}],
    ['an object', '?lang[a]=en', {}],
    ['a name of a prototype', '?lang=__proto__', {}],
    ['a list in the body', '', { lang: ['en'] }],
    ['an object in the body', '', { lang: { a: 'en' } }],
    ['a number in the body', '', { lang: 1 }],
    ['wrong in the body before a right one', '?lang=en', { lang: 'fr' }],
  ])('is Chinese where it is %s, which is no error', async (_, query, body) => {
    const answer = await call(json(INDEX + query, body));
    expectFailure(answer, 200, -400);
    expect(answer.body.msg).toBe(text('zh'));
    const { body: read } = await call(json(INDEX + query, { ...body, token: user.token }));
    expect(read).toMatchObject({ code: 0 });
  });

  it('is taken from the body before the query', async () => {
    expect(await message(json(`${INDEX}?lang=spa`, { lang: 'en' }))).toBe(text('en'));
    expect(await message(json(`${INDEX}?lang=spa`, { lang: '' }))).toBe(text('spa'));
  });

  it('is not that of Accept-Language', async () => {
    const headers = { 'Accept-Language': 'en, es;q=0.9' };
    expect(await message({ path: INDEX, headers })).toBe(text('zh'));
  });

  it.each(FAILURES)('holds for %s', async (_, wire) => {
    const request = wire();
    const inEnglish = `${request.path}${request.path.includes('?') ? '&' : '?'}lang=en`;
    expect(await message({ ...request, path: inEnglish })).toMatch(/^[\x20-\x7e]+$/);
    expect(await message(request)).toMatch(/\p{Script=Han}/u);
  });
});

describe('X-Request-Id', () => {
  it.each(['a', 'abc-DEF_1.2', 'x'.repeat(64)])('is taken over: %s', async (id) => {
    expect((await index('', { 'X-Request-Id': id })).headers['x-request-id']).toBe(id);
  });

  it.each([
    ['65 characters', 'x'.repeat(65)],
    ['a space', 'a b'],
    ['a tab', 'a\tb'],
    ['a comma', 'a,b'],
    ['quotes', '"a"'],
    ['markup', '<a>'],
    ['JSON', '{"a":1}'],
    ['an escape', 'a%0d%0aSet-Cookie:b'],
    ['Latin-1', 'ä'],
    ['Unicode', Buffer.from('上海').toString('latin1')],
    ['nothing', ''],
  ])('is replaced where it has %s', async (_, id) => {
    const ids = [];
    for (const path of ['/nothing', INDEX]) {
      const { headers } = await sendRaw(
        test.url,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${id}\r\nConnection: close\r\n\r\n`,
      );
      expect(headers['x-request-id']).toMatch(REQUEST_ID);
      expect(headers['set-cookie']).toBeUndefined();
      ids.push(headers['x-request-id']);
    }
    expect(ids).not.toContain(id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe('CORS', () => {
  const preflight = (
    app: TestApp,
    origin: string,
    path = SAVE,
    asked = 'authorization,content-type',
  ): Promise<Answer> =>
    call(
      {
        method: 'OPTIONS',
        path,
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': asked,
        },
      },
      app,
    );

  const listOf = (header: unknown): string[] =>
    String(header)
      .toLowerCase()
      .split(/\s*,\s*/)
      .sort();

  const expectPreflight = (answer: Answer, origin: string, further: string[]): void => {
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(listOf(answer.headers['access-control-allow-methods'])).toEqual([
      'get',
      'options',
      'post',
    ]);
    expect(listOf(answer.headers['access-control-allow-headers'])).toEqual(
      ['authorization', 'content-type', ...further].sort(),
    );
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  };

  it.each([SAVE, INDEX, '/api.php?s=personal/save', '/api.php/personal/save', '/nothing'])(
    'lets every origin in while nothing is configured: %s',
    async (path) => {
      const asked = 'authorization,content-type,traceparent,x-requested-with';
      const answer = await preflight(test, 'https://any.test', path, asked);
      expectPreflight(answer, '*', ['traceparent', 'x-requested-with']);
    },
  );

  it.each(['https://a.test', 'https://b.test'])('lets a listed origin in: %s', async (origin) => {
    const answer = await preflight(listed, origin);
    expectPreflight(answer, origin, ['baggage', 'x-shop']);
    expect(listOf(answer.headers.vary)).toContain('origin');
  });

  it.each([
    'https://c.test',
    'http://a.test',
    'https://a.test:444',
    'https://a.test.evil.test',
    'https://evil-a.test',
    'https://a.test,https://b.test',
    'null',
  ])('lets no other in: %s', async (origin) => {
    for (const answer of [
      await preflight(listed, origin),
      await call({ path: INDEX, headers: { Origin: origin } }, listed),
    ]) {
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  it.each(FAILURES)('stands on an error too: %s', async (_, wire) => {
    const request = wire();
    const headers = { ...request.headers, Origin: 'https://b.test' };
    const answer = await call({ ...request, headers }, listed);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://b.test',
      'access-control-expose-headers': expect.stringContaining('x-request-id'),
    });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe('static files', () => {
  it('the default avatar is a picture that pages of other origins may keep and show', async () => {
    const { http } = test;
    const response = await http.get(AVATAR);
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    const maxAge = /^public, max-age=(\d+)/.exec(response.headers['cache-control'] ?? '')?.[1];
    expect(Number(maxAge)).toBeGreaterThanOrEqual(24 * 60 * 60);
    expect(response.body).toEqual(readFileSync(new URL(`../../public${AVATAR}`, import.meta.url)));
  });

  it.each([
    '/static',
    '/static/',
    '/static/index',
    '/static/index/',
    '/static/nothing.jpg',
    `${AVATAR}/`,
    `${AVATAR}.bak`,
    '/static/.env',
    '/static/../package.json',
    '/static/../../package.json',
    '/static/%2e%2e/%2e%2e/package.json',
    '/static/..%2f..%2fpackage.json',
    '/static/..%5c..%5cpackage.json',
    '/static/..\\..\\package.json',
    '/static/....//....//package.json',
    '/static//etc/passwd',
    '/static/%00',
    `${AVATAR}%00.png`,
    '/static/%zz',
    '/package.json',
    '/.env',
    '/public/static/index/default/images/default-user-avatar.jpg',
  ])('there is nothing else: %s', async (path) => {
    expectFailure(await call({ path }), 404, -1000);
  });

  it.each([
    ['a range outside of it', { Range: 'bytes=99999999-' }, 416],
    ['a condition that does not hold', { 'If-Match': '"other"' }, 412],
  ])('%s is answered as such, and not kept', async (_, headers, status) => {
    expectFailure(await call({ path: AVATAR, headers }), status, -1);
  });

  it('writes to them are refused', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status, body } = await call({ method, path: AVATAR });
      expect([404, 405]).toContain(status);
      expect(body).toMatchObject({ code: -1000, data: [] });
    }
  });
});

describe('health', () => {
  const ready = (): Promise<Answer> => call({ path: '/health/ready' });

  it.each(['/health/live', '/health/ready'])('%s is plain JSON', async (path) => {
    const { status, headers, body } = await call({ path });
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(body).toMatchObject({ status: 'ok' });
    for (const key of ['msg', 'code', 'data']) expect(body).not.toHaveProperty(key);
  });

  it('is not ready while a migration is missing', async () => {
    const { rows } = await test.db.query<{ timestamp: string; name: string }>(
      'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING timestamp, name',
    );
    const { timestamp, name } = rows[0]!;
    let answer = await ready();
    while (answer.status === 200) {
      await sleep(50);
      answer = await ready();
    }
    await test.db.query('INSERT INTO migrations (timestamp, name) VALUES ($1, $2)', [
      timestamp,
      name,
    ]);
    expect(answer).toMatchObject({ status: 503, body: { status: 'error' } });
    expect(answer.body).not.toHaveProperty('msg');
    expect(answer.text).not.toContain(name);
    while ((await ready()).status !== 200) await sleep(50);
  });

  it('asks the database once a second, however many ask for it', async () => {
    const run = jest.spyOn(test.app.get(Database), 'run');
    const start = performance.now();
    const answers = await Promise.all(Array.from({ length: 300 }, ready));
    const seconds = (performance.now() - start) / 1_000;
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(run.mock.calls.length).toBeLessThanOrEqual(1 + seconds);
    run.mockRestore();
  });

  it('has one question for the database under way, however many wait for it', async () => {
    const lock = await test.db.connect();
    const waiting = async (): Promise<number> => {
      const { rows } = await test.db.query<{ count: number }>(
        `SELECT count(*)::int FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows[0]!.count;
    };
    const answers: Promise<Answer>[] = [];
    try {
      await lock.query('BEGIN');
      await lock.query('LOCK TABLE migrations IN ACCESS EXCLUSIVE MODE');
      while ((await waiting()) === 0) {
        answers.push(ready());
        await sleep(50);
      }
      const gone = await RawConnection.open(test.url);
      gone.request('GET', '/health/ready');
      gone.socket.destroy();
      for (let asked = 0; asked < 100; asked += 1) answers.push(ready());
      await call({ path: '/health/live' });
      expect(await waiting()).toBe(1);
    } finally {
      await lock.query('ROLLBACK');
      lock.release();
    }
    for (const answer of answers) expect(await answer).toMatchObject({ status: 200 });
  });

  it('is not reached through a bad public parameter or a bad token', async () => {
    const path = '/health/ready?application=x&token=bad&lang[]=x';
    expect(await call({ path, headers: bearer('bad') })).toMatchObject({ status: 200 });
  });
});

describe('URLs in answers', () => {
  const spoofed = {
    Host: 'evil.test',
    'X-Forwarded-Host': 'evil.test',
    'X-Forwarded-Proto': 'evil',
    Forwarded: 'host=evil.test',
  };

  it('begin with the public URL, whatever host a request names', async () => {
    const avatar = `${PUBLIC_URL}${AVATAR}`;
    const read = await index('', spoofed);
    expect(read.body.data.data.avatar).toBe(avatar);
    expect(read.text).not.toContain('evil');
    const saved = await call(json(SAVE, { nickname: 'n' }, { ...bearer(user.token), ...spoofed }));
    expect(saved.body.data.avatar).toBe(avatar);
    const absolute = await sendRaw(
      test.url,
      `GET http://evil.test${INDEX}?token=${user.token} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`,
    );
    expect(absolute.text).toContain(avatar);
    expect(absolute.text).not.toContain('evil');
  });

  it('begin with the address that the service is set to listen on where there is none', async () => {
    const { body } = await call(
      { path: INDEX, headers: { ...bearer(user.token), ...spoofed } },
      listed,
    );
    expect(body.data.data.avatar).toBe(`http://127.0.0.1:3000${AVATAR}`);
  });
});
