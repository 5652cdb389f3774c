import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { SessionService } from '../../src/modules/session/session.service.js';
import { createSession, createUser, ORIGIN, rowOf, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { freePort } from '../support/postgres-server.mjs';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { type Answer, bearer, json, send, type Wire } from '../support/wire.js';

/** The limits of the second application, on the same database. */
const SHORT = { SESSION_IDLE_DAYS: '2', SESSION_ABSOLUTE_DAYS: '5' };

let test: TestApp;
let short: TestApp;

const call = (wire: Wire): Promise<Answer> => send(test.url, wire);

/** What a request carries of tokens, by place. */
interface Tokens {
  readonly header?: string;
  readonly body?: unknown;
  readonly query?: unknown;
}

const queryOf = (value: unknown): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return `?token=${encodeURIComponent(value)}`;
  const [[key, inner] = ['', '']] = Object.entries(value as Record<string, string>);
  return `?token[${Array.isArray(value) ? '' : key}]=${encodeURIComponent(inner)}`;
};

const ask = (tokens: Tokens, path = '/personal/index'): Promise<Answer> =>
  call(
    json(
      path + queryOf(tokens.query),
      { nickname: 'changed', ...('body' in tokens && { token: tokens.body }) },
      tokens.header === undefined ? {} : { Authorization: tokens.header },
    ),
  );

beforeAll(async () => {
  const database = await freshDatabase();
  test = await startTestApp({ DATABASE_URL: database });
  short = await startTestApp({ DATABASE_URL: database, ...SHORT });
});

afterAll(async () => {
  await short.close();
  await test.close();
});

describe('where a token is taken from', () => {
  const WRONG = '0'.repeat(32);
  let a: TestUser;
  let b: TestUser;

  beforeAll(async () => {
    [a, b] = await Promise.all([createUser(test.db), createUser(test.db)]);
  });

  const cases: [string, () => Tokens, 'a' | 'b' | undefined][] = [
    ['the header', () => ({ header: `Bearer ${a.token}` }), 'a'],
    ['the body', () => ({ body: a.token }), 'a'],
    ['the query', () => ({ query: a.token }), 'a'],
    ['the header before the body', () => ({ header: `Bearer ${a.token}`, body: b.token }), 'a'],
    ['the header before the query', () => ({ header: `Bearer ${a.token}`, query: b.token }), 'a'],
    ['the body before the query', () => ({ body: a.token, query: b.token }), 'a'],
    [
      'a right one although wrong ones follow',
      () => ({ header: `Bearer ${a.token}`, body: WRONG, query: 'bad' }),
      'a',
    ],
    [
      'not the body behind a wrong header',
      () => ({ header: `Bearer ${WRONG}`, body: a.token }),
      undefined,
    ],
    [
      'not the body behind a malformed header',
      () => ({ header: 'Bearer bad', body: a.token }),
      undefined,
    ],
    [
      'not the query behind a wrong header',
      () => ({ header: `Bearer ${WRONG}`, query: a.token }),
      undefined,
    ],
    ['not the query behind a wrong body', () => ({ body: WRONG, query: a.token }), undefined],
    ['not the query behind a malformed body', () => ({ body: 'bad', query: a.token }), undefined],
    [
      'not the query behind a list in the body',
      () => ({ body: [a.token], query: a.token }),
      undefined,
    ],
    ['the body behind an empty header', () => ({ header: 'Bearer ', body: b.token }), 'b'],
    ['the query behind an empty body', () => ({ body: '', query: b.token }), 'b'],
    ['the query behind both empty', () => ({ header: 'Bearer', body: '', query: b.token }), 'b'],
    ['nowhere where all are empty', () => ({ header: 'Bearer ', body: '', query: '' }), undefined],
    ['nowhere where none is sent', () => ({}), undefined],
    ['not another header scheme', () => ({ header: `Basic ${a.token}` }), undefined],
    ['not a bare header', () => ({ header: a.token }), undefined],
  ];

  it.each(cases)('%s', async (_, tokens, owner) => {
    const answer = await ask(tokens());
    if (owner === undefined) {
      expectFailure(answer, 200, -400);
      return;
    }
    expect(answer.body).toMatchObject({ code: 0, data: { data: { id: { a, b }[owner].id } } });
  });

  it.each([
    ['form', 'application/x-www-form-urlencoded', (token: string) => `token=${token}`],
    [
      'multipart',
      'multipart/form-data; boundary=b',
      (token: string) =>
        `--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--b--\r\n`,
    ],
  ])('a %s body too', async (_, type, body) => {
    for (const [token, code] of [
      [a.token, 0],
      [WRONG, -400],
    ] as const) {
      const wire = json(`/personal/index?token=${b.token}`, body(token), { 'Content-Type': type });
      expect((await call(wire)).body.code).toBe(code);
    }
  });

  it('not a cookie', async () => {
    const headers = { Cookie: `token=${a.token}; user_info=${a.token}` };
    expectFailure(await call({ path: '/personal/index', headers }), 200, -400);
  });
});

describe('a token matches exactly', () => {
  const TOKEN = 'abcdef0123456789abcdef0123456789';
  let user: TestUser;

  beforeAll(async () => {
    user = await createUser(test.db, { nickname: 'before' });
    await createSession(test.db, user.id, {}, TOKEN);
  });

  it('itself', async () => {
    for (const tokens of [{ header: `Bearer ${TOKEN}` }, { body: TOKEN }, { query: TOKEN }]) {
      expect((await ask(tokens)).body.code).toBe(0);
    }
  });

  const others: [string, unknown][] = [
    ['upper case', TOKEN.toUpperCase()],
    ['one upper-case digit', TOKEN.replace('a', 'A')],
    ['a trailing space', `${TOKEN} `],
    ['a leading space', ` ${TOKEN}`],
    ['a trailing line break', `${TOKEN}\n`],
    ['a trailing NUL', `${TOKEN}\0`],
    ['a trailing zero-width space', `${TOKEN}\u200b`],
    ['a full-width letter', TOKEN.replace('a', 'ａ')],
    ['a full-width digit', TOKEN.replace('0', '０')],
    ['an accented letter', TOKEN.replace('a', 'á')],
    ['a combining accent', TOKEN.replace('a', 'a\u0301')],
    ['31 digits', TOKEN.slice(1)],
    ['33 digits', `${TOKEN}0`],
    ['a wildcard', `${TOKEN.slice(1)}%`],
    ['an underscore', TOKEN.replace('a', '_')],
    ['another digit', TOKEN.replace('a', 'g')],
    ['SQL', `' OR 1=1 --`],
    ['quotes around it', `"${TOKEN}"`],
    ['it twice', `${TOKEN},${TOKEN}`],
    ['a list', [TOKEN]],
    ['an object', { a: TOKEN }],
  ];

  it.each(others)('not %s', async (_, value) => {
    const before = await rowOf(test.db, user.id);
    const places: Tokens[] = [{ body: value }, { query: value }];
    // Others cannot stand in a header, or are trimmed off it by HTTP itself.
    if (typeof value === 'string' && /^[\x21-\xff]+$/.test(value)) {
      places.push({ header: `Bearer ${value}` });
    }
    for (const tokens of places) {
      expectFailure(await ask(tokens), 200, -400);
      expectFailure(await ask(tokens, '/personal/save'), 200, -400);
    }
    expect(await rowOf(test.db, user.id)).toEqual(before);
  });

  it.each([[1], [0], [true], [{}], [[]], [[[TOKEN]]], [{ length: 32 }]])(
    'nor a JSON value of another type: %j',
    async (value) => {
      expectFailure(await ask({ body: value }), 200, -400);
    },
  );
});

describe('a session ends', () => {
  let user: TestUser;

  beforeEach(async () => {
    user = await createUser(test.db);
  });

  const setAge = (column: 'add_time' | 'last_time', age: string): Promise<unknown> =>
    test.db.query(
      `UPDATE sxo_user_session SET ${column} = now() - $2::interval WHERE user_id = $1`,
      [user.id, age],
    );

  const lastTime = async (): Promise<Date> => {
    const { rows } = await test.db.query<{ last_time: Date }>(
      'SELECT last_time FROM sxo_user_session WHERE user_id = $1',
      [user.id],
    );
    return rows[0]!.last_time;
  };

  const codeFrom = async (app: TestApp, path = '/personal/index'): Promise<number> =>
    (await send(app.url, json(path, { nickname: 'n' }, bearer(user.token)))).body.code;

  const limits: [string, 'add_time' | 'last_time', number, () => TestApp][] = [
    ['after 30 days without use', 'last_time', 30, () => test],
    ['after 180 days, used or not', 'add_time', 180, () => test],
    ['after the configured days without use', 'last_time', 2, () => short],
    ['after the configured days, used or not', 'add_time', 5, () => short],
  ];

  it.each(limits)('%s', async (_, column, days, app) => {
    await setAge(column, `${days} days -10 seconds`);
    expect(await codeFrom(app())).toBe(0);
    await setAge(column, `${days} days 1 second`);
    expect(await codeFrom(app())).toBe(-400);
    expect(await codeFrom(app(), '/personal/save')).toBe(-400);
  });

  it('and is not revived by a request', async () => {
    await setAge('last_time', '30 days 1 second');
    const before = await lastTime();
    await codeFrom(test);
    expect(await lastTime()).toEqual(before);
  });

  it('the later for being used, which is noted at most hourly', async () => {
    await setAge('last_time', '59 minutes 50 seconds');
    const before = await lastTime();
    expect(await codeFrom(test, '/user/sessions')).toBe(0);
    expect(await lastTime()).toEqual(before);
    await setAge('last_time', '1 hour 1 second');
    const start = Date.now();
    expect(await codeFrom(test, '/user/sessions')).toBe(0);
    expect(Math.abs((await lastTime()).getTime() - start)).toBeLessThan(30_000);
  });

  it('when it is revoked, and no other of the user with it', async () => {
    const other = await createSession(test.db, user.id);
    await test.app.get(SessionService).revoke(user.token);
    expect(await codeFrom(test)).toBe(-400);
    expect((await ask({ body: other })).body.code).toBe(0);
  });

  it('when the account is removed', async () => {
    await test.db.query('DELETE FROM sxo_user WHERE id = $1', [user.id]);
    expect(await codeFrom(test)).toBe(-400);
  });

  it.each([
    ['banned', 'status = 2', -400],
    ['pending', 'status = 3', -400],
    ['deleted', 'is_delete_time = now()', -400],
    ['closed', 'is_logout_time = now()', -400],
    ['muted', 'status = 1', 0],
  ])('or goes on, as the account is %s', async (_, change, code) => {
    expect(await codeFrom(test)).toBe(0);
    await test.db.query(`UPDATE sxo_user SET ${change} WHERE id = $1`, [user.id]);
    const before = await rowOf(test.db, user.id);
    expect(await codeFrom(test)).toBe(code);
    expect(await codeFrom(test, '/personal/save')).toBe(code);
    const nickname = code === 0 ? 'n' : before.nickname;
    expect(await rowOf(test.db, user.id)).toMatchObject({ nickname });
  });
});

describe('an issued token', () => {
  it('is 32 lower-case hex digits, opens a session, and is like no other', async () => {
    const user = await createUser(test.db);
    const sessions = test.app.get(SessionService);
    const tokens: string[] = [];
    for (let round = 0; round < 50; round += 1) {
      tokens.push((await sessions.issue(user.id, ORIGIN)).token);
    }
    expect(new Set(tokens).size).toBe(50);
    // Neighbours share no run of digits, as they would if they were made from a clock or a counter.
    const pieces = tokens.flatMap((token) => [token.slice(0, 10), token.slice(-10)]);
    expect(new Set(pieces).size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect((await ask({ body: tokens[0] })).body.data.data.id).toBe(user.id);
  });

  it("removes the user's expired sessions, and no others, when it is issued", async () => {
    const [user, stranger] = [await createUser(test.db), await createUser(test.db)];
    const idle = { last_time: new Date(Date.now() - 31 * 86_400_000) };
    const old = { add_time: new Date(Date.now() - 181 * 86_400_000) };
    for (const columns of [idle, old]) await createSession(test.db, user.id, columns);
    await createSession(test.db, stranger.id, idle);
    await test.app.get(SessionService).issue(user.id, ORIGIN);
    const { rows } = await test.db.query<{ count: number }>(
      'SELECT count(*)::int FROM sxo_user_session WHERE user_id = ANY ($1) GROUP BY user_id',
      [[user.id, stranger.id]],
    );
    expect(rows).toEqual([{ count: 2 }, { count: 2 }]);
  });

  it('leaves the hundred sessions that were used last, its own among them', async () => {
    const user = await createUser(test.db, {}, { last_time: new Date(Date.now() - 60_000) });
    for (let count = 0; count < 99; count += 1) await createSession(test.db, user.id);
    const { token } = await test.app.get(SessionService).issue(user.id, ORIGIN);
    const { rowCount } = await test.db.query('SELECT FROM sxo_user_session WHERE user_id = $1', [
      user.id,
    ]);
    expect(rowCount).toBe(100);
    expect((await ask({ body: token })).body.code).toBe(0);
    expect((await ask({ body: user.token })).body.code).toBe(-400);
  });

  it('stands nowhere in the database', async () => {
    const user = await createUser(test.db);
    const { token } = await test.app.get(SessionService).issue(user.id, ORIGIN);
    for (const path of ['/personal/index', '/personal/save']) {
      expect((await ask({ body: token }, path)).body.code).toBe(0);
    }
    const { rows: tables } = await test.db.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    expect(tables.map(({ name }) => name)).toContain('sxo_user_session');
    let contents = '';
    for (const { name } of tables) {
      const { rows } = await test.db.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      contents += rows.map(({ row }) => row).join('\n');
    }
    expect(contents).toContain('\\x');
    expect(contents.toLowerCase()).not.toContain(token);
    expect(contents).not.toContain(Buffer.from(token).toString('hex'));
    expect(contents).not.toContain(Buffer.from(token).toString('base64').slice(0, 40));
  });
});

describe('the log', () => {
  const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
  const UNKNOWN_TOKEN = '0123456789abcdef0123456789abcdef';
  let child: ChildProcess;
  let url: string;
  let db: pg.Pool;
  let user: TestUser;
  let output = '';

  beforeAll(async () => {
    const database = await freshDatabase('log');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    db = new pg.Pool({ connectionString: database, max: 2 });
    user = await createUser(db);
    // Another folder, so that no .env of the working copy counts.
    child = spawn(process.execPath, [MAIN], {
      cwd: tmpdir(),
      env: {
        NODE_ENV: 'production',
        LOG_LEVEL: 'trace',
        PORT: String(port),
        DATABASE_URL: database,
        DATABASE_CONNECT_TIMEOUT_MS: '10000',
        DATABASE_STATEMENT_TIMEOUT_MS: '10000',
        DATABASE_REQUEST_TIMEOUT_MS: '10000',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        if (output.includes(`answers at ${url}`)) resolve();
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.on('exit', () => reject(new Error(`It did not start:\n${output}`)));
    });
  });

  afterAll(async () => {
    child.kill('SIGKILL');
    await db.end();
  });

  const SAVE = '/personal/save';
  const INDEX = '/personal/index';

  /** The requests, and what the log tells of each. */
  const requests: [
    string,
    () => Wire,
    { route: string | null; code: number | null; known: boolean },
  ][] = [
    [
      'save by header',
      () => json(`${SAVE}?probe=SecretQuery`, { nickname: 'SecretNickname' }, bearer(user.token)),
      { route: SAVE, code: 0, known: true },
    ],
    [
      'save of a wrong value',
      () => json(SAVE, { nickname: 'n', gender: 'SecretGender' }, bearer(user.token)),
      { route: SAVE, code: -1, known: true },
    ],
    [
      'read by query, through the entry script',
      () => ({ path: `/api.php?s=personal/index&token=${user.token}&probe=SecretQuery` }),
      { route: INDEX, code: 0, known: true },
    ],
    [
      'read by body',
      () => json(INDEX, { token: user.token }),
      { route: INDEX, code: 0, known: true },
    ],
    [
      'read by an unknown token',
      () => ({ path: INDEX, headers: bearer(UNKNOWN_TOKEN) }),
      { route: INDEX, code: -400, known: false },
    ],
    [
      'malformed JSON',
      () => json(SAVE, `{"nickname":"SecretText" x "token":"${user.token}"}`, bearer(user.token)),
      { route: SAVE, code: -1, known: false },
    ],
    [
      'malformed form',
      () =>
        json(SAVE, `nickname=%SecretText&token=${user.token}`, {
          'Content-Type': 'application/x-www-form-urlencoded',
        }),
      { route: SAVE, code: -1, known: false },
    ],
    [
      'a file',
      () =>
        json(
          SAVE,
          '--b\r\nContent-Disposition: form-data; name="f"; filename="SecretFile"\r\n\r\nSecretText\r\n--b--\r\n',
          { 'Content-Type': 'multipart/form-data; boundary=b' },
        ),
      { route: SAVE, code: -1, known: false },
    ],
    [
      'no route',
      () => ({ path: `/SecretPath/${user.token}?token=${user.token}` }),
      { route: null, code: -1000, known: false },
    ],
    [
      'a wrong method',
      () => ({ method: 'DELETE', path: `${SAVE}?token=${user.token}` }),
      { route: SAVE, code: -1000, known: false },
    ],
    [
      'health',
      () => ({ path: `/health/live?token=${user.token}` }),
      { route: '/health/live', code: null, known: false },
    ],
  ];

  it('has one line for each request, and nothing of what clients send', async () => {
    const sent = { Referer: `http://shop.test/?token=${UNKNOWN_TOKEN}`, Cookie: 'SecretCookie=1' };
    const withId = (wire: Wire, id: string): Wire => ({
      ...wire,
      headers: { ...wire.headers, ...sent, 'X-Request-Id': id },
    });
    for (const [index, [, wire]] of requests.entries()) {
      const { headers } = await send(url, withId(wire(), `log-${index}`));
      expect(headers['x-request-id']).toBe(`log-${index}`);
    }
    await db.query('ALTER TABLE sxo_user_platform RENAME TO away');
    const failed = await send(
      url,
      withId(json(SAVE, { nickname: 'SecretNickname' }, bearer(user.token)), 'log-failed'),
    );
    expectFailure(failed, 500, -500);
    await db.query('ALTER TABLE away RENAME TO sxo_user_platform');

    child.removeAllListeners('exit');
    child.kill('SIGTERM');
    await once(child, 'close');

    for (const secret of [user.token, UNKNOWN_TOKEN, 'Secret', 'Bearer', 'probe']) {
      expect(output).not.toContain(secret);
    }
    const lines = output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const [index, [name, , { route, code, known }]] of requests.entries()) {
      const about = lines.filter(
        (line) => line.request_id === `log-${index}` && line.msg === 'request',
      );
      expect({ name, about }).toEqual({ name, about: [expect.anything()] });
      expect({ name, ...about[0] }).toMatchObject({
        name,
        route,
        code,
        user_id: known ? user.id : null,
        ms: expect.any(Number),
      });
    }
    const aboutFailed = lines.filter((line) => line.request_id === 'log-failed');
    expect(aboutFailed.filter((line) => 'route' in line)).toMatchObject([
      { route: SAVE, code: -500, user_id: user.id },
    ]);
    expect(aboutFailed.filter((line) => 'err' in line)).toHaveLength(1);
  });
});
