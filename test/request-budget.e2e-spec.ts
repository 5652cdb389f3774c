import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import pg from 'pg';
import { DatabaseUnavailableException } from '../src/database/database-errors.js';
import { Database } from '../src/database/database.js';
import { AttemptService } from '../src/modules/attempt/attempt.service.js';
import { BODY_TYPES, encodeBody } from './faults/support/bodies.js';
import { createUser, rowOf, type TestUser } from './support/accounts.js';
import { type DatabaseDoor, openDatabaseDoor } from './support/database-door.js';
import { dumpTables } from './support/database-dump.js';
import { expectFailure } from './support/envelope.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from './support/passwords.js';
import { solid, upload } from './support/pictures.js';
import { lockRow } from './support/row-lock.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { freshDatabase } from './support/test-database.js';
import { type Answer, bearer, json, send, type Wire } from './support/wire.js';

const SAVE = '/personal/save';

/** Until every connection of the service is free again. */
async function untilIdle(database: Database): Promise<void> {
  const busy = () => database.load.total !== database.load.idle || database.load.waiting > 0;
  while (busy()) await sleep(10);
}

describe('a database that answers each statement after 700 ms', () => {
  const DELAY_MS = 700;
  /**
   * Two have their answer in 1.8 seconds; the third is begun, for an account and an address at once.
   * That a try is given back comes after that, and nobody waits for it.
   */
  const STATEMENTS = 3;

  let door: DatabaseDoor;
  let test: TestApp;
  let direct: pg.Pool;
  let owner: TestUser;

  beforeAll(async () => {
    const url = await freshDatabase('slow');
    door = await openDatabaseDoor(url);
    test = await startTestApp({
      ...CHEAP_HASHING,
      DATABASE_URL: door.url,
      DATABASE_CONNECT_TIMEOUT_MS: '',
      DATABASE_STATEMENT_TIMEOUT_MS: '',
      DATABASE_REQUEST_TIMEOUT_MS: '',
    });
    test.db.on('error', () => undefined);
    direct = new pg.Pool({ connectionString: url, max: 2 });
    owner = await createUser(direct, { username: 'slow_owner', pwd: await storedPassword() });
  });

  afterAll(async () => {
    door.open();
    await test.close();
    await direct.end();
    door.close();
  });

  /** What is counted before anything else is not undone. */
  const state = async () =>
    (await dumpTables(direct)).replaceAll(/^sxo_(attempt|rate_limit) .*$/gm, '');

  /** A busy machine may need more than one try. */
  const untilServed = async (): Promise<void> => {
    const index = { path: '/personal/index', headers: bearer(owner.token) };
    while ((await send(test.url, index)).status !== 200);
  };

  it.each<[string, () => Wire]>([
    [
      'a login',
      () => json('/user/login', { type: 'username', accounts: 'slow_owner', pwd: PASSWORD }),
    ],
    [
      'a registration',
      () => json('/user/reg', { type: 'username', accounts: 'too_slow', pwd: PASSWORD }),
    ],
    ['the end of an account', () => json('/safety/logout', { pwd: PASSWORD }, bearer(owner.token))],
    [
      'a new password',
      () =>
        json(
          '/safety/loginpwdupdate',
          { my_pwd: PASSWORD, new_pwd: 'another one', confirm_new_pwd: 'another one' },
          bearer(owner.token),
        ),
    ],
  ])('ends %s with -503 in time, and nothing of it is done', async (_, wire) => {
    await untilServed();
    const before = await state();
    const query = jest.spyOn(pg.Client.prototype, 'query');
    door.delay(DELAY_MS);
    const answer = await send(test.url, wire());
    const names = query.mock.calls.map(([asked]) => (asked as { name?: string }).name);
    const statements = new Set(names.filter((name) => name !== 'attempt.give_back')).size;
    query.mockRestore();
    door.open();
    expectFailure(answer, 503, -503);
    expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(statements).toBeLessThanOrEqual(STATEMENTS);
    await untilIdle(test.app.get(Database));
    expect(await state()).toBe(before);
    await untilServed();
  });
});

describe('a request whose time is up', () => {
  const BUDGET_MS = 1_000;

  let test: TestApp;
  let database: Database;
  let user: TestUser;
  let statements = 0;

  beforeAll(async () => {
    // Far longer than a test may take: nothing but the request's own time ends a wait.
    test = await startTestApp({
      DATABASE_CONNECT_TIMEOUT_MS: '60000',
      DATABASE_STATEMENT_TIMEOUT_MS: '600000',
      DATABASE_REQUEST_TIMEOUT_MS: String(BUDGET_MS),
      DATABASE_POOL_SIZE: '1',
    });
    database = test.app.get(Database);
    user = await createUser(test.db, { nickname: 'before' });
    await test.db.query(`
      CREATE TABLE note (text text);
      CREATE FUNCTION fail_late() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(0.6); RAISE EXCEPTION 'late' USING ERRCODE = '40001'; END $$;`);
  });

  afterAll(() => test.close());

  afterEach(async () => {
    await untilIdle(database);
    while ((await save()).status !== 200);
    // What follows a save, and is no part of it.
    await untilIdle(database);
  });

  const save = (): Promise<Answer> =>
    send(test.url, json(SAVE, { nickname: 'saved' }, bearer(user.token)));

  const run = (text: string) => {
    statements += 1;
    return database.run({ name: `budget.${statements}`, text }, []);
  };

  const inRequest = (work: () => Promise<unknown>) => database.inRequest(() => false, work);

  const notes = async () => (await test.db.query('SELECT text FROM note')).rows;

  it('leaves nothing of its transaction, and asks no further statement', async () => {
    const query = jest.spyOn(pg.Client.prototype, 'query');
    let asked: string[] = [];
    // A busy machine may need more than one try to come so far within the time.
    while (asked.length < 3) {
      await untilIdle(database);
      query.mockClear();
      const work = inRequest(() =>
        database.transaction(async () => {
          await run(`INSERT INTO note VALUES ('lost')`);
          await run('SELECT pg_sleep(60)').catch(() => undefined);
          await run(`INSERT INTO note VALUES ('never')`);
        }),
      );
      await expect(work).rejects.toThrow(DatabaseUnavailableException);
      asked = query.mock.calls.map(([config]) => (config as unknown as { text: string }).text);
    }
    query.mockRestore();
    expect(asked).toEqual(['BEGIN', expect.stringContaining('lost'), 'SELECT pg_sleep(60)']);
    expect(await notes()).toEqual([]);
  });

  it('commits nothing', async () => {
    const work = inRequest(() =>
      database.transaction(async () => {
        await run(`INSERT INTO note VALUES ('lost')`);
        await sleep(BUDGET_MS);
      }),
    );
    await expect(work).rejects.toThrow(DatabaseUnavailableException);
    await untilIdle(database);
    expect(await notes()).toEqual([]);
  });

  it('waits no longer for a connection', async () => {
    let letGo: () => void = () => undefined;
    const held = database.transaction(() => new Promise<void>((resolve) => (letGo = resolve)));
    try {
      expectFailure(await save(), 503, -503);
      expect(database.load).toMatchObject({ total: 1, idle: 0 });
    } finally {
      letGo();
      await held;
    }
  });

  it('is not tried again, be it undone', async () => {
    let tries = 0;
    const work = inRequest(() =>
      database.transaction(async () => {
        tries += 1;
        await run('SELECT fail_late()');
      }),
    );
    await expect(work).rejects.toThrow(DatabaseUnavailableException);
    expect(tries).toBeLessThanOrEqual(2);
  });

  it('has its statement ended by the server, which would have gone on', async () => {
    const lock = await lockRow(test.db, user.id);
    const before = await rowOf(test.db, user.id);
    expectFailure(await save(), 503, -503);
    const waiting = () =>
      test.db.query(
        `SELECT FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
    while ((await waiting()).rowCount !== 0) await sleep(10);
    await lock.release();
    expect(await rowOf(test.db, user.id)).toEqual(before);
  });

  it('does not count a try that it could not finish', async () => {
    const attempts = test.app.get(AttemptService);
    const subject = { name: 'name:unfinished', address: '192.0.2.1' };
    const outcome = inRequest(() =>
      attempts.try(subject, async () => {
        await run('SELECT pg_sleep(60)');
        return false;
      }),
    );
    await expect(outcome).rejects.toThrow(DatabaseUnavailableException);
    while ((await attempts.failures(subject)) > 0) await sleep(10);
  });

  it.each<[string, () => Promise<Answer>]>([
    ...BODY_TYPES.map((type): [string, () => Promise<Answer>] => [
      type,
      () => {
        const { headers, body } = encodeBody(type, { nickname: 'saved' });
        const all = { ...headers, ...bearer(user.token) };
        return send(test.url, { method: 'POST', path: SAVE, headers: all, body });
      },
    ]),
    ['an upload', async () => upload(test, user.token, await solid(8, 8).png().toBuffer())],
    ['no body', () => send(test.url, { path: '/personal/index', headers: bearer(user.token) })],
    ['a question for health', () => send(test.url, { path: '/health/ready' })],
  ])('may have had %s', async (_, ask) => {
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE sxo_user_session, migrations IN ACCESS EXCLUSIVE MODE');
    expect(await ask()).toMatchObject({ status: 503 });
    await holder.query('ROLLBACK');
    holder.release();
  });
});

it('does not hurry what goes on when the request has its answer, or is no request', async () => {
  const test = await startTestApp({ DATABASE_REQUEST_TIMEOUT_MS: '100' });
  try {
    const database = test.app.get(Database);
    const nap = () => database.run({ name: 'budget.nap', text: 'SELECT pg_sleep(0.3)' }, []);
    await database.inRequest(() => true, nap);
    await database.inRequest(
      () => false,
      () => database.outsideRequest(nap),
    );
    await nap();
    await expect(database.inRequest(() => false, nap)).rejects.toThrow(
      DatabaseUnavailableException,
    );
  } finally {
    await test.close();
  }
});
