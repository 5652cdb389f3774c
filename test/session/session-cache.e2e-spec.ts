import { jest } from '@jest/globals';
import pg from 'pg';
import { createSession, createUser, rowOf, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { lockRow } from '../support/row-lock.js';
import { routesOf } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, json, send } from '../support/wire.js';

/** The actions whose own statement proves the session, with a request that each accepts. */
const PROVING: Readonly<Record<string, object>> = {
  '/personal/index': {},
  '/personal/save': { nickname: 'new' },
};

let test: TestApp;
let user: TestUser;

const ask = (path: string, body: object = PROVING[path]!, token = user.token): Promise<Answer> =>
  send(test.url, json(path, body, bearer(token)));

const endSession = () =>
  test.db.query('DELETE FROM sxo_user_session WHERE user_id = $1', [user.id]);

/** The names of the statements that a request runs; the outbox's own may come meanwhile. */
async function statementsOf(request: () => Promise<Answer>): Promise<(string | undefined)[]> {
  const query = jest.spyOn(pg.Client.prototype, 'query');
  await request();
  const names = query.mock.calls.map(([statement]) => (statement as { name?: string }).name);
  query.mockRestore();
  return names.filter((name) => name?.startsWith('outbox.') !== true);
}

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(async () => {
  await test.close();
});

beforeEach(async () => {
  user = await createUser(test.db, { nickname: 'old' });
});

it('spares an action that proves the session the statement that finds it', async () => {
  expect(await statementsOf(() => ask('/personal/save'))).toEqual([
    'session.find_live',
    'user.save_profile',
  ]);
  expect(await statementsOf(() => ask('/personal/save'))).toEqual(['user.save_profile']);
  expect(await statementsOf(() => ask('/personal/index'))).toEqual(['user.find_live']);
});

it('spares no other action', async () => {
  await ask('/personal/index');
  expect(await statementsOf(() => ask('/user/sessions', {}))).toContain('session.find_live');
  await endSession();
  expectFailure(await ask('/user/sessions', {}), 200, -400);
});

it('remembers nothing where it is told so', async () => {
  const forgetful = await startTestApp({
    DATABASE_URL: test.databaseUrl,
    SESSION_CACHE_SECONDS: '0',
  });
  const index = () => send(forgetful.url, json('/personal/index', {}, bearer(user.token)));
  await index();
  expect(await statementsOf(index)).toEqual(['session.find_live', 'user.find_live']);
  await forgetful.close();
});

it('is trusted by the listed actions alone', () => {
  const trusting = routesOf(test.app).filter((action) => action.provesSession);
  expect(trusting.map(({ path }) => path).sort()).toEqual(Object.keys(PROVING).sort());
});

describe.each(Object.keys(PROVING))('%s', (path) => {
  const ends: [string, () => Promise<unknown>][] = [
    ['has ended', endSession],
    [
      'was idle too long',
      () => test.db.query(`UPDATE sxo_user_session SET last_time = now() - interval '31 days'`),
    ],
    [
      'is too old',
      () => test.db.query(`UPDATE sxo_user_session SET add_time = now() - interval '181 days'`),
    ],
    [
      'is of a banned account',
      () => test.db.query('UPDATE sxo_user SET status = 2 WHERE id = $1', [user.id]),
    ],
    [
      'is of a closed account',
      () => test.db.query('UPDATE sxo_user SET is_logout_time = now() WHERE id = $1', [user.id]),
    ],
  ];

  it.each(ends)('knows no remembered session that %s', async (_, end) => {
    expect((await ask(path)).body.code).toBe(0);
    await end();
    const before = await rowOf(test.db, user.id);
    expectFailure(await ask(path), 200, -400);
    expect(await rowOf(test.db, user.id)).toEqual(before);
    // By then it is forgotten.
    expect(await statementsOf(() => ask(path))).toEqual(['session.find_live']);
  });

  it('forgets the session of a token that has got another one since', async () => {
    await ask(path);
    await endSession();
    await createSession(test.db, user.id, { system_type: 'again' }, user.token);
    expectFailure(await ask(path), 200, -400);
    const { code, data } = (await ask(path)).body;
    expect(code).toBe(0);
    expect((data.data ?? data).system_type).toBe('again');
  });

  it('tells a wrong parameter to a remembered session that goes on', async () => {
    await ask(path);
    expectFailure(await ask(path, { application: 'none', nickname: [] }), 200, -1);
  });
});

it('may tell a wrong parameter before an ended session, once', async () => {
  await ask('/personal/save');
  await endSession();
  expectFailure(await ask('/personal/save', { nickname: [] }), 200, -1);
  expectFailure(await ask('/personal/save'), 200, -400);
  expectFailure(await ask('/personal/save', { nickname: [] }), 200, -400);
});

it('gives nobody the session of another, although both are remembered', async () => {
  const other = await createUser(test.db, { nickname: 'other' });
  const second = await createSession(test.db, user.id);
  for (const token of [user.token, other.token, second]) await ask('/personal/index', {}, token);
  await test.db.query('DELETE FROM sxo_user_session WHERE user_id = $1', [other.id]);
  expect((await ask('/personal/save', { nickname: 'mine' }, second)).body).toMatchObject({
    code: 0,
    data: { id: user.id, token: second },
  });
  expectFailure(await ask('/personal/save', { nickname: 'mine' }, other.token), 200, -400);
  expect((await rowOf(test.db, other.id)).nickname).toBe('other');
});

it('saves nothing for a session that is ended while the save waits for the account', async () => {
  await ask('/personal/save');
  const before = await rowOf(test.db, user.id);
  const ending = await lockRow(test.db, user.id);
  const answer = ask('/personal/save', { nickname: 'too late' });
  await ending.awaited(1);
  await ending.query('DELETE FROM sxo_user_session WHERE user_id = $1', [user.id]);
  // As a new password does; the row's new version is what the save finds.
  await ending.query(`UPDATE sxo_user SET pwd = 'new' WHERE id = $1`, [user.id]);
  await ending.commit();
  expectFailure(await answer, 200, -400);
  expect(await rowOf(test.db, user.id)).toEqual({ ...before, pwd: 'new' });
});

it('counts a token as a wrong one once its session was found to have ended', async () => {
  const strict = await startTestApp({
    DATABASE_URL: test.databaseUrl,
    RATE_LIMIT_WRONG_TOKENS: '2',
  });
  const index = () => send(strict.url, json('/personal/index', {}, bearer(user.token)));
  await index();
  await endSession();
  // The first is told by the action, which counts nothing.
  for (let times = 0; times < 3; times += 1) expectFailure(await index(), 200, -400);
  expectFailure(await index(), 429, -429);
  await strict.close();
});
