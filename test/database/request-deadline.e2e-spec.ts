import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import pg from 'pg';
import { DatabaseUnavailableException } from '../../src/database/database-errors.js';
import { Database } from '../../src/database/database.js';
import { DeadlineExceededException, withDeadline } from '../../src/deadline/deadline.js';
import { AttemptService } from '../../src/protocol/limits/attempt.service.js';
import { LimitedUse } from '../../src/protocol/limits/entities/limited-use.entity.js';
import { BODY_TYPES, encodeBody } from '../faults/support/bodies.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { type DatabaseDoor, openDatabaseDoor } from '../support/database-door.js';
import { dumpTables } from '../support/database-dump.js';
import { expectFailure } from '../support/envelope.js';
import { CHEAP_HASHING, PASSWORD, storedPassword } from '../support/passwords.js';
import { solid, upload } from '../support/pictures.js';
import { lockRow } from '../support/row-lock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { type Answer, bearer, json, send, type Wire } from '../support/wire.js';

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
    (await dumpTables(direct)).replaceAll(/^sxo_(attempt|limited_use) .*$/gm, '');

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

describe('a request whose deadline has passed', () => {
  const DEADLINE_MS = 1_000;
  /** A timer may ring a little early. */
  const PAST_DEADLINE_MS = DEADLINE_MS + 50;

  let test: TestApp;
  let database: Database;
  let user: TestUser;

  beforeAll(async () => {
    // Far longer than a test may take: nothing but the request's own deadline ends a wait.
    test = await startTestApp({
      DATABASE_CONNECT_TIMEOUT_MS: '60000',
      DATABASE_STATEMENT_TIMEOUT_MS: '600000',
      DATABASE_REQUEST_TIMEOUT_MS: String(DEADLINE_MS),
      DATABASE_POOL_SIZE: '2',
    });
    database = test.app.get(Database);
    user = await createUser(test.db, { nickname: 'before' });
    await test.db.query('CREATE TABLE note (text text)');
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

  const write = (text: string) =>
    database.run({ name: 'deadline.write', text: 'INSERT INTO note VALUES ($1)' }, [text]);

  const inRequest = <Result>(work: () => Promise<Result>) =>
    withDeadline(performance.now() + DEADLINE_MS, work);

  const notes = async () => (await test.db.query('SELECT text FROM note')).rows;

  it('commits nothing', async () => {
    const work = inRequest(() =>
      database.transaction(async () => {
        await write('lost');
        await sleep(PAST_DEADLINE_MS);
      }),
    );
    await expect(work).rejects.toThrow(DeadlineExceededException);
    await untilIdle(database);
    expect(await notes()).toEqual([]);
  });

  it('commits nothing that a repository of TypeORM saves', async () => {
    const key = 'saves';
    const row = Object.assign(new LimitedUse(), { key, points: 1, expire: '0' });
    const rows = database.repository(LimitedUse);
    const work = withDeadline(performance.now(), () => rows.save(row));
    await expect(work).rejects.toThrow(DeadlineExceededException);
    expect(await rows.countBy({ key })).toBe(0);
  });

  it('begins no transaction', async () => {
    const work = jest.fn(() => write('never'));
    const begun = inRequest(async () => {
      await sleep(PAST_DEADLINE_MS);
      await database.transaction(work);
    });
    await expect(begun).rejects.toThrow(DeadlineExceededException);
    expect(work).not.toHaveBeenCalled();
  });

  it('is answered, though the statement goes on', async () => {
    const lock = await lockRow(test.db, user.id);
    expectFailure(await save(), 503, -503);
    await lock.release();
  });

  it('is answered, though no connection is free', async () => {
    const letGo: (() => void)[] = [];
    const hold = () => new Promise<void>((resolve) => letGo.push(resolve));
    const held = [1, 2].map(() => database.transaction(hold));
    try {
      while (letGo.length < 2) await sleep(10);
      expectFailure(await save(), 503, -503);
    } finally {
      letGo.forEach((release) => release());
      await Promise.all(held);
    }
  });

  it('does not hurry what is no request', async () => {
    await database.transaction(async () => {
      await write('kept');
      await sleep(PAST_DEADLINE_MS);
    });
    expect(await notes()).toEqual([{ text: 'kept' }]);
    await test.db.query('TRUNCATE note');
  });
});

describe('a database that a lock keeps from answering', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await startTestApp({
      DATABASE_STATEMENT_TIMEOUT_MS: '400',
      DATABASE_REQUEST_TIMEOUT_MS: '1000',
    });
    user = await createUser(test.db);
  });

  afterAll(() => test.close());

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
  ])('refuses %s with -503', async (_, ask) => {
    const holder = await test.db.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE sxo_user_session, migrations IN ACCESS EXCLUSIVE MODE');
    expect(await ask()).toMatchObject({ status: 503 });
    await holder.query('ROLLBACK');
    holder.release();
  });

  it('does not count a try at a password that it could not finish', async () => {
    const attempts = test.app.get(AttemptService);
    const database = test.app.get(Database);
    const subject = { name: 'name:unfinished', address: '192.0.2.1' };
    const outcome = attempts.try(subject, async () => {
      await database.run({ name: 'deadline.sleep', text: 'SELECT pg_sleep(60)' }, []);
      return false;
    });
    await expect(outcome).rejects.toThrow(DatabaseUnavailableException);
    while ((await attempts.failures(subject)) > 0) await sleep(10);
  });
});
