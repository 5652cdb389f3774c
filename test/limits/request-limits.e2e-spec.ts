import { jest } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import {
  AVATAR_STORAGE,
  type AvatarStorage,
} from '../../src/modules/avatar/storage/avatar-storage.js';
import { RequestLimiter } from '../../src/protocol/limits/request-limiter.js';
import { TOKEN_RESOLVER, type TokenResolver } from '../../src/protocol/auth/token-resolver.js';
import { createSession, createUser, rowOf, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, json, send, type Wire } from '../support/wire.js';

/** Small ones, so that few requests tell; saving has its default. */
const LIMITS = {
  RATE_LIMIT_USER_WRITES: '',
  RATE_LIMIT_USER_READS: '6',
  RATE_LIMIT_PUBLIC_WRITES: '4',
  RATE_LIMIT_PUBLIC_READS: '5',
  RATE_LIMIT_WRONG_TOKENS: '3',
  RATE_LIMIT_REFUSALS: '4',
  RATE_LIMIT_FILE_READS: '4',
};

let test: TestApp;
let user: TestUser;
let lastAddress = 0;
let address: string;

/** Sends a request as the proxy in front would. */
const call = (wire: Wire, from = address): Promise<Answer> =>
  send(test.url, { ...wire, headers: { ...wire.headers, 'X-Forwarded-For': from } });

const save = (token: string, nickname: string) =>
  call(json('/personal/save', { nickname }, bearer(token)));

const read = (token: string) => call({ path: '/personal/index', headers: bearer(token) });

const visit = (from = address) => call({ path: '/base/common' }, from);

/** The codes of requests sent one after another. */
async function codesOf(times: number, request: (index: number) => Promise<Answer>) {
  const codes: number[] = [];
  for (let index = 0; index < times; index += 1) {
    codes.push((await request(index)).body.code as number);
  }
  return codes;
}

const repeated = (code: number, times: number): number[] => Array<number>(times).fill(code);

function expectStopped(answer: Answer): void {
  expectFailure(answer, 429, -429);
  const seconds = Number(answer.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(answer.body.msg).toContain(String(seconds));
}

const wrongToken = (index: number): string => index.toString(16).padStart(32, '0');

beforeAll(async () => {
  test = await startTestApp({ ...CHEAP_HASHING, ...LIMITS, TRUST_PROXY: '1' });
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  user = await createUser(test.db, { nickname: 'before' });
  lastAddress += 1;
  address = `203.0.113.${lastAddress}`;
});

describe('a user', () => {
  it('saves sixty times a minute; what comes then is not written', async () => {
    const codes = await codesOf(60, (index) => save(user.token, `name ${index}`));
    expect(codes).toEqual(repeated(0, 60));
    const row = await rowOf(test.db, user.id);
    expectStopped(await save(user.token, 'too much'));
    expect(await rowOf(test.db, user.id)).toEqual(row);

    const another = await createUser(test.db);
    expect((await save(another.token, 'welcome')).body.code).toBe(0);
    expect((await read(user.token)).body.code).toBe(0);
    expectStopped(await call(json('/user/logout', {}, bearer(user.token))));
  });

  it('is counted as one, with whatever token and from wherever', async () => {
    const other = await createSession(test.db, user.id);
    expect(await codesOf(6, () => read(user.token))).toEqual(repeated(0, 6));
    address = '203.0.114.1';
    expectStopped(await read(other));
  });

  it('has a count of all reads, public ones included, that strangers do not use up', async () => {
    expect(await codesOf(6, () => visit())).toEqual([...repeated(0, 5), -429]);
    const common = { path: '/base/common', headers: bearer(user.token) };
    expect(await codesOf(3, () => call(common))).toEqual(repeated(0, 3));
    expect(await codesOf(3, () => read(user.token))).toEqual(repeated(0, 3));
    expectStopped(await call(common));
  });
});

describe('an address', () => {
  it('reads public routes so many times, and no other address less', async () => {
    const paths = ['/base/common', '/index/index', '/region/index'];
    const codes = await codesOf(5, (index) => call({ path: paths[index % 3]! }));
    expect(codes).toEqual(repeated(0, 5));
    expectStopped(await visit());
    expect((await visit('203.0.114.2')).body.code).toBe(0);
  });

  it('is a /64 of IPv6', async () => {
    const codes = await codesOf(6, (index) => visit(`2001:db8:1:2::${index + 1}`));
    expect(codes).toEqual([...repeated(0, 5), -429]);
    expect((await visit('2001:db8:1:3::1')).body.code).toBe(0);
  });

  it('is the same for all that is no address, however long', async () => {
    const wire = json('/user/reg', {
      type: 'username',
      accounts: 'fromnowhere',
      pwd: 'correct horse',
    });
    expect((await call(wire, 'x'.repeat(400))).body.code).toBe(0);
    const codes = await codesOf(6, (index) => visit('y'.repeat(400 + index)));
    expect(codes).toEqual([...repeated(0, 5), -429]);
  });

  it('is that of the connection where no proxy is trusted', async () => {
    const direct = await startTestApp({ ...LIMITS, DATABASE_URL: test.databaseUrl });
    const codes = await codesOf(6, (index) =>
      send(direct.url, {
        path: '/base/common',
        headers: { 'X-Forwarded-For': `198.51.100.${index}` },
      }),
    );
    await direct.close();
    expect(codes).toEqual([...repeated(0, 5), -429]);
  });

  it('writes to public routes less often, logged in or not, and draws captchas with that', async () => {
    const login = json('/user/login', { type: 'username', accounts: '', pwd: '' });
    const captcha = { path: '/user/userverifyentry?type=user_login' };
    expect((await call(captcha)).status).toBe(200);
    expect(await codesOf(3, () => call(login))).toEqual(repeated(-1, 3));
    expectStopped(await call(captcha));
    expectStopped(await call({ ...login, headers: { ...login.headers, ...bearer(user.token) } }));
    expect((await visit()).body.code).toBe(0);
  });

  it('that asks for what is not there or not open is not told so for ever', async () => {
    const refused: Wire[] = [
      { path: '/wp-login.php' },
      { path: '/api.php?s=no/such' },
      { path: '/personal/save' },
      { path: '/personal/index' },
    ];
    const codes = await codesOf(4, (index) => call(refused[index]!));
    expect(codes).toEqual([-1000, -1000, -1000, -400]);
    for (const one of refused) expectStopped(await call(one));
    expect((await visit()).body.code).toBe(0);
    expect((await read(user.token)).body.code).toBe(0);
    expect((await call({ path: '/no' }, '203.0.114.3')).body.code).toBe(-1000);
  });

  it('that goes on with wrong tokens is stopped; good ones from there are served', async () => {
    const tries: ((index: number) => Wire)[] = [
      (index) => ({ path: '/personal/index', headers: bearer(wrongToken(index)) }),
      (index) => ({ path: `/personal/index?token=${wrongToken(index)}` }),
      () => json('/personal/save', { token: 'no token' }),
    ];
    const codes = await codesOf(3, (index) => call(tries[index]!(index)));
    expect(codes).toEqual(repeated(-400, 3));
    for (const [index, one] of tries.entries()) expectStopped(await call(one(index)));
    expect((await read(user.token)).body.code).toBe(0);
    expect((await save(user.token, 'served')).body.code).toBe(0);
    address = '203.0.114.4';
    expect((await call(tries[0]!(0))).body.code).toBe(-400);
  });

  it('reads public routes with wrong tokens like anyone, and they stop nobody', async () => {
    const stale = (index: number): Wire => ({ path: `/base/common?token=${wrongToken(index)}` });
    const closed: Wire = { path: '/personal/index', headers: bearer(wrongToken(9)) };
    expect(await codesOf(4, () => call(closed))).toEqual([...repeated(-400, 3), -429]);
    expect(await codesOf(4, (index) => call(stale(index)))).toEqual(repeated(0, 4));
    expect((await visit()).body.code).toBe(0);
    expectStopped(await call(stale(0)));
    address = '203.0.114.5';
    expect(await codesOf(5, (index) => call(stale(index)))).toEqual(repeated(0, 5));
    expect((await call(closed)).body.code).toBe(-400);
  });

  it('that uploads with wrong tokens is stopped; each counts once, and is looked up once', async () => {
    const boundary = { 'Content-Type': 'multipart/form-data; boundary=b' };
    const upload = (headers: Record<string, string>, body: string): Wire => ({
      method: 'POST',
      path: '/personal/useravatarupload',
      headers: { ...headers, ...boundary },
      body,
    });
    const part = (head: string, content: string): string =>
      `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
    const file = `${part('name="file"; filename="a.png"', 'no picture')}--b--\r\n`;
    const inHeader = (token: string): Wire => upload(bearer(token), file);
    const inField = (token: string): Wire => upload({}, part('name="token"', token) + file);

    const resolve = jest.spyOn(test.app.get<TokenResolver>(TOKEN_RESOLVER), 'resolve');
    const wires = [inHeader(wrongToken(0)), inField(wrongToken(1)), inHeader(wrongToken(2))];
    const codes = await codesOf(3, (index) => call(wires[index]!));
    expect(codes).toEqual(repeated(-400, 3));
    expectStopped(await call(inHeader(wrongToken(3))));
    expectStopped(await call(inField(wrongToken(4))));
    for (const good of [inHeader(user.token), inField(user.token)]) {
      expect((await call(good)).body.code).toBe(-1);
    }
    // The one after the limit was used up had no session, which asking for many at once told.
    expect(resolve).toHaveBeenCalledTimes(6);
    resolve.mockRestore();

    // Each is a refusal, too, as on any other route.
    address = '203.0.114.6';
    expect(await codesOf(2, (index) => call(wires[index]!))).toEqual(repeated(-400, 2));
    expect(await codesOf(3, () => call({ path: '/no' }))).toEqual([-1000, -1000, -429]);
  });
});

it('says first what is wrong with the body, then that it is too much, then the parameters', async () => {
  expect(await codesOf(6, () => read(user.token))).toEqual(repeated(0, 6));
  const broken = json('/personal/index', '{', bearer(user.token));
  expectFailure(await call(broken), 400, -1);
  expectStopped(
    await call({ path: '/personal/index?lang=en&system_type=!', headers: bearer(user.token) }),
  );
});

it('leaves health checks alone', async () => {
  expect((await codesOf(6, () => visit())).at(-1)).toBe(-429);
  for (let index = 0; index < 10; index += 1) {
    expect((await call({ path: '/health/live' })).status).toBe(200);
  }
});

describe('files and pictures', () => {
  const picture = (index: number): string =>
    `/static/upload/images/user_avatar/2026/01/${wrongToken(index)}.jpg`;

  it.each<[string, (index: number) => string, number]>([
    ['that exist', () => '/static/index/default/images/default-user-avatar.jpg', 200],
    ['of random names', picture, 404],
    ['of random names among the files', (index) => `/static/${index}`, 404],
  ])('%s are counted before they are looked for', async (_, path, status) => {
    const read = jest.spyOn(test.app.get<AvatarStorage>(AVATAR_STORAGE), 'read');
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      // A miss counts as what is not there, too.
      statuses.push((await call({ path: path(index) })).status);
    }
    expect(statuses).toEqual([...repeated(status, 4), 429, 429]);
    expect(read.mock.calls.length).toBe(path === picture ? 4 : 0);
    read.mockRestore();
    expect((await call({ path: path(9) }, '203.0.114.9')).status).toBe(status);
    expect((await visit()).body.code).toBe(0);
  });
});

describe('an address whose requests are being stopped', () => {
  const FLOOD = 60;
  /** Collected so long, so that there are so many questions a second. */
  const QUESTIONS_PER_SECOND = 10;

  const closed = (token: string): Wire => ({ path: '/personal/index', headers: bearer(token) });
  const open = (token: string): Wire => ({ path: '/base/common', headers: bearer(token) });

  it.each<[string, (token: string) => Wire, number]>([
    ['with wrong tokens', closed, 3],
    ['on public routes', open, 5],
  ])('%s, costs no statement for a token', async (_, wire, limit) => {
    await codesOf(limit + 1, (index) => call(wire(wrongToken(index))));
    const run = jest.spyOn(test.app.get(Database), 'run');
    const asked = () => run.mock.calls.map(([{ name }]) => name);
    const start = performance.now();
    // None that the case before has sent.
    const flood = (first: number): Promise<Answer>[] =>
      Array.from({ length: FLOOD }, (_, index) => call(wire(wrongToken(limit * first + index))));
    const answers = [
      ...(await Promise.all(flood(100))),
      ...(await Promise.all(flood(200))),
      ...(await Promise.all(flood(100))),
    ];
    const seconds = (performance.now() - start) / 1_000;
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([-429]));
    expect(new Set(asked())).toEqual(new Set(['session.find_issued']));
    expect(asked().length).toBeLessThanOrEqual(1 + seconds * QUESTIONS_PER_SECOND);

    // Neither is remembered, and they come amid others.
    const strangers = flood(300);
    const [first, second] = await Promise.all([call(wire(user.token)), call(wire(user.token))]);
    expect([first.body.code, second.body.code]).toEqual([0, 0]);
    await Promise.all(strangers);
    run.mockRestore();
  });

  it('costs no statement for a wrong token that comes again', async () => {
    await codesOf(4, (index) => call(closed(wrongToken(index))));
    expectStopped(await call(closed(wrongToken(400))));
    const run = jest.spyOn(test.app.get(Database), 'run');
    for (let index = 0; index < 3; index += 1) expectStopped(await call(closed(wrongToken(400))));
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
  });

  it('is told that a token has ended, or is served, as any other', async () => {
    await codesOf(4, (index) => call(closed(wrongToken(index))));
    await test.db.query(
      `UPDATE sxo_user_session SET last_time = now() - interval '31 days' WHERE user_id = $1`,
      [user.id],
    );
    expectStopped(await call(closed(user.token)));
    const token = await createSession(test.db, user.id);
    expect((await call(closed(token))).body.code).toBe(0);
  });
});

it('counts for metrics what each limit stopped', async () => {
  const { stopped } = test.app.get(RequestLimiter);
  const before = { ...stopped };
  await codesOf(8, () => visit());
  expect(stopped).toEqual({ ...before, publicReads: before.publicReads + 3 });
});
