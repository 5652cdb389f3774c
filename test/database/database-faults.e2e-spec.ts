import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  Logger,
  type MiddlewareConsumer,
  Module,
  type NestMiddleware,
  type NestModule,
  Param,
  type PipeTransform,
  UseGuards,
} from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import pg from 'pg';
import { DatabaseSettings } from '../../src/config/database.settings.js';
import { readSettings } from '../../src/config/env.js';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { Database, type Statement } from '../../src/database/database.js';
import {
  DatabaseUnavailableException,
  refusedValueState,
} from '../../src/database/database-errors.js';
import { User } from '../../src/modules/personal/entities/user.entity.js';
import { Public } from '../../src/protocol/routing/action.decorators.js';
import { AttemptService } from '../../src/protocol/limits/attempt.service.js';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { type DatabaseDoor, openDatabaseDoor } from '../support/database-door.js';
import { expectFailure } from '../support/envelope.js';
import { lockRow } from '../support/row-lock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { type Answer, bearer, json, send } from '../support/wire.js';

const TRIES = 3;
const SERIALIZATION_FAILURE = '40001';

/** Fails in the part of a request that its path names, as TypeORM's own calls do. */
@Injectable()
class Trouble implements NestMiddleware, CanActivate, PipeTransform {
  constructor(private readonly database: Database) {}

  async use({ originalUrl }: Request, _: Response, next: NextFunction): Promise<void> {
    const [, , part, code] = originalUrl.split('/');
    if (part === 'middleware') await this.meet(code);
    next();
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params } = context.switchToHttp().getRequest<Request>();
    if (params.part === 'guard') await this.meet(String(params.code));
    return true;
  }

  async transform({ part, code }: Record<string, string>): Promise<string | undefined> {
    if (part === 'pipe') await this.meet(code);
    return code;
  }

  meet(code?: string): Promise<unknown> {
    return this.database.repository(User).query('SELECT fail($1)', [code]);
  }
}

@Public()
@Controller('trouble')
@UseGuards(Trouble)
class TroubleController {
  constructor(private readonly trouble: Trouble) {}

  @Get(':part/:code')
  async meet(@Param(Trouble) code: string): Promise<void> {
    await this.trouble.meet(code);
  }
}

@Module({ controllers: [TroubleController], providers: [Trouble] })
class TroubleModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Trouble).forRoutes(TroubleController);
  }
}

let test: TestApp;
let database: Database;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp({}, [TroubleModule]);
  database = test.app.get(Database);
  user = await createUser(test.db, { nickname: 'before' });
  await test.db.query(`
    CREATE TABLE note (text text);
    CREATE SEQUENCE tries;
    CREATE FUNCTION fail(code text) RETURNS integer LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'fails as told' USING ERRCODE = code; END $$;
    CREATE FUNCTION sleep_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;
    CREATE TABLE slow_note (text text);
    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON slow_note DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION sleep_at_commit();`);
});

afterAll(() => test.close());

const save = (app = test, token = user.token): Promise<Answer> =>
  send(app.url, json('/personal/save', { nickname: 'saved' }, bearer(token)));

let statements = 0;

/** Runs a statement as a repository does. */
const run = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> => {
  statements += 1;
  return database.run<Row>({ name: `test.${statements}`, text }, values);
};

const write = (text: string) => run('INSERT INTO note (text) VALUES ($1)', [text]);

const fail = (code: string) => run('SELECT fail($1)', [code]);

const notes = async (): Promise<string[]> => {
  const { rows } = await test.db.query<{ text: string }>('DELETE FROM note RETURNING text');
  return rows.map(({ text }) => text).sort();
};

const backendOf = async (): Promise<number> =>
  (await run<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]!.pid;

const terminate = (pid: number) => test.db.query('SELECT pg_terminate_backend($1)', [pid]);

async function untilGone(db: pg.Pool, pid: number): Promise<void> {
  const find = () => db.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid]);
  while ((await find()).rowCount !== 0) await sleep(10);
}

describe('what PostgreSQL undid', () => {
  it('is done again as a whole transaction, and kept once', async () => {
    let tries = 0;
    const result = await database.transaction(async () => {
      tries += 1;
      await write(`try ${tries}`);
      if (tries < TRIES) await fail(SERIALIZATION_FAILURE);
      return tries;
    });
    expect(result).toBe(TRIES);
    expect(await notes()).toEqual([`try ${TRIES}`]);
  });

  it('is given up after some tries', async () => {
    let tries = 0;
    const work = database.transaction(async () => {
      tries += 1;
      await write('never');
      await fail(SERIALIZATION_FAILURE);
    });
    await expect(work).rejects.toThrow(DatabaseUnavailableException);
    expect(tries).toBe(TRIES);
    expect(await notes()).toEqual([]);
  });

  it('is done again from the outermost transaction on', async () => {
    const tried: string[] = [];
    await database.transaction(async () => {
      tried.push('outer');
      await database.transaction(async () => {
        tried.push('inner');
        if (tried.length === 2) await fail(SERIALIZATION_FAILURE);
      });
    });
    expect(tried).toEqual(['outer', 'inner', 'outer', 'inner']);
  });

  it('is run again as a single statement', async () => {
    const undoneTwice = `
      SELECT CASE WHEN nextval('tries') < 3 THEN fail('${SERIALIZATION_FAILURE}') ELSE 7 END AS seven`;
    expect(await run(undoneTwice)).toEqual([{ seven: 7 }]);
  });

  it('is done again after a deadlock', async () => {
    const other = await createUser(test.db);
    const ids = [user.id, other.id];
    let arrived = 0;
    const lockBoth = (order: string[]) =>
      database.transaction(async () => {
        await run(`SET LOCAL deadlock_timeout = '50ms'`);
        await run('SELECT FROM sxo_user WHERE id = $1 FOR UPDATE', [order[0]]);
        arrived += 1;
        // The first time, each has one before either asks for the other.
        while (arrived < 2) await sleep(5);
        await run('SELECT FROM sxo_user WHERE id = $1 FOR UPDATE', [order[1]]);
        await write(`locked ${order.indexOf(user.id)}`);
      });
    await Promise.all([lockBoth(ids), lockBoth(ids.toReversed())]);
    expect(arrived).toBeGreaterThan(2);
    expect(await notes()).toEqual(['locked 0', 'locked 1']);
  });

  it.each(['23505', '22000'])('for another reason is not done again: %s', async (code) => {
    let tries = 0;
    const work = database.transaction(async () => {
      tries += 1;
      await fail(code);
    });
    await expect(work).rejects.toMatchObject({ code });
    expect(tries).toBe(1);
  });
});

describe('a statement whose columns a migration changed', () => {
  const find = { name: 'test.changing', text: 'SELECT * FROM changing' } as const;

  /** Prepares it on every connection of the pool. */
  const prepareEverywhere = async (statement: Statement): Promise<void> => {
    const prepare = () =>
      database.transaction(async () => {
        await database.run(statement, []);
        await sleep(50);
      });
    await Promise.all(Array.from({ length: 10 }, prepare));
    expect(database.load.total).toBe(10);
  };

  beforeEach(async () => {
    await test.db.query(`
      DROP TABLE IF EXISTS changing;
      CREATE TABLE changing (one integer);
      INSERT INTO changing VALUES (1)`);
  });

  it.each<[string, Statement, (ask: () => Promise<unknown>) => Promise<unknown>]>([
    ['alone', find, (ask) => ask()],
    ['in a transaction', find, (ask) => database.transaction(ask)],
    ['swallowed in a transaction', find, (ask) => database.transaction(() => ask().catch(ask))],
  ])('is prepared anew, whichever connection it meets: %s', async (_, statement, within) => {
    const known = { ...statement, name: randomUUID() };
    await prepareEverywhere(known);
    await test.db.query('ALTER TABLE changing ALTER one TYPE text, ADD two integer DEFAULT 2');
    for (let times = 0; times < 12; times += 1) {
      expect(await within(() => database.run(known, []))).toEqual([{ one: '1', two: 2 }]);
    }
  });

  it('is no reason to go on for ever', async () => {
    let tries = 0;
    const work = database.transaction(async () => {
      tries += 1;
      await fail('26000');
    });
    await expect(work).rejects.toThrow('fails as told');
    expect(tries).toBe(11);
  });
});

describe('a connection', () => {
  const whose = async (fails: () => Promise<unknown>): Promise<[number, number]> => {
    const before = await backendOf();
    await expect(fails()).rejects.toThrow();
    return [before, await backendOf()];
  };

  it.each([
    ['a unique violation', '23505'],
    ['a value out of range', '22003'],
    ['a missing table', '42P01'],
    ['a serialization failure', SERIALIZATION_FAILURE],
    ['a lock that is not to be had', '55P03'],
    ['a full disk', '53100'],
    ['a statement that took too long', '57014'],
  ])('outlives %s: %s', async (_, code) => {
    const [before, after] = await whose(() => fail(code));
    expect(after).toBe(before);
  });

  it('outlives the failure of a prepared statement, which goes on to work', async () => {
    await test.db.query('CREATE TABLE IF NOT EXISTS single (text text UNIQUE)');
    const add: Statement = {
      name: 'test.add_single',
      text: 'INSERT INTO single (text) VALUES ($1) RETURNING text',
    };
    const insert = (text: string) => database.run(add, [text]);
    await insert('first');
    const [before, after] = await whose(() => insert('first'));
    expect(after).toBe(before);
    expect(await insert('second')).toEqual([{ text: 'second' }]);
  });

  it.each([
    ['a server that takes no writes', '25006'],
    ['a shutdown of the server', '57P01'],
    ['a statement that the server does not know', '26000'],
    ['a violation of its protocol', '08P01'],
  ])('ends with %s: %s', async (_, code) => {
    const [before, after] = await whose(() => fail(code));
    expect(after).not.toBe(before);
  });

  it('ends when it is cut', async () => {
    const before = await backendOf();
    const slow = run('SELECT pg_sleep(60)');
    const find = () =>
      test.db.query(`SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'`, [
        before,
      ]);
    while ((await find()).rowCount === 0) await sleep(10);
    await terminate(before);
    await expect(slow).rejects.toThrow(DatabaseUnavailableException);
    expect(await backendOf()).not.toBe(before);
  });
});

describe('a transaction', () => {
  it('that a swallowed failure spoilt is no success', async () => {
    const work = database.transaction(async () => {
      await write('lost');
      await fail('22000').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await notes()).toEqual([]);
  });

  it('keeps nothing where work within it threw, also if that is caught', async () => {
    const work = database.transaction(async () => {
      await write('outer');
      const inner = database.transaction(async () => {
        await write('inner');
        throw new Error('halfway');
      });
      await inner.catch(() => undefined);
      await write('after');
    });
    await expect(work).rejects.toMatchObject({
      message: expect.stringContaining('a transaction inside this one threw'),
      cause: expect.objectContaining({ message: 'halfway' }),
    });
    expect(await notes()).toEqual([]);
  });

  it('is not written to by work that goes on after its end', async () => {
    const late: Promise<unknown>[] = [];
    const work = database.transaction(() => {
      late.push(sleep(50).then(() => write('late')));
      late.push(sleep(50).then(() => database.repository(User).count()));
      return Promise.reject(new Error('fails at once'));
    });
    await expect(work).rejects.toThrow('fails at once');
    for (const one of late) await expect(one).rejects.toThrow('the transaction is over');
    expect(await notes()).toEqual([]);
  });

  it('whose connection is cut between two statements fails, and the process lives', async () => {
    const work = database.transaction(async () => {
      await write('lost');
      const pid = await backendOf();
      await terminate(pid);
      await untilGone(test.db, pid);
      await sleep(50);
    });
    await expect(work).rejects.toThrow(DatabaseUnavailableException);
    expect(await notes()).toEqual([]);
  });

  it('that a server takes no writes of leaves it, for the next may lead to one that does', async () => {
    await run('SET default_transaction_read_only = on');
    const readOnly = await backendOf();
    const work = database.transaction(() => write('never'));
    await expect(work).rejects.toThrow(DatabaseUnavailableException);
    expect(await backendOf()).not.toBe(readOnly);
    await database.transaction(() => write('kept'));
    expect(await notes()).toEqual(['kept']);
  });

  it('whose connection is cut in its commit is neither a success nor done again', async () => {
    let tries = 0;
    let pid = 0;
    const work = database.transaction(async () => {
      tries += 1;
      await run(`INSERT INTO slow_note VALUES ('x')`);
      pid = await backendOf();
    });
    const inCommit = () =>
      test.db.query(`SELECT FROM pg_stat_activity WHERE pid = $1 AND query = 'COMMIT'`, [pid]);
    const cut = async () => {
      while ((await inCommit()).rowCount === 0) await sleep(10);
      await terminate(pid);
    };
    await Promise.all([expect(work).rejects.toThrow(DatabaseUnavailableException), cut()]);
    expect(tries).toBe(1);
  });
});

describe('wherever a request meets it', () => {
  const PARTS = ['middleware', 'guard', 'pipe', 'handler'];

  const REFUSED_VALUES = [
    ['22003', 'integer', 1e12],
    ['22021', 'text', 'a\0b'],
    ['22P05', 'jsonb', JSON.stringify('a\0b')],
  ] as const;

  it.each([
    ['a statement that took too long', '57014', 503],
    ['a deadlock, which only a transaction or a named statement repeats', '40P01', 503],
    ['a serialization failure', SERIALIZATION_FAILURE, 503],
    ['a mistake of the statement', '22000', 500],
  ])('%s is answered alike', async (_, code, status) => {
    for (const part of PARTS) {
      const answer = await send(test.url, { path: `/trouble/${part}/${code}` });
      expectFailure(answer, status, -status);
    }
  });

  it.each(REFUSED_VALUES)(
    'a value that its type does not hold is the caller’s: %s',
    async (code) => {
      const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
      for (const part of PARTS) {
        const answer = await send(test.url, { path: `/trouble/${part}/${code}` });
        expectFailure(answer, 200, -1);
        expect(answer.body.msg).toBe('提交的内容中有无法保存的值');
      }
      const line = { msg: 'the database refused a value', request_id: expect.any(String) };
      expect(warned.mock.calls).toEqual(PARTS.map(() => [{ ...line, sqlstate: code }]));
      warned.mockRestore();
    },
  );

  it.each(REFUSED_VALUES)('PostgreSQL says %s of it', async (code, type, value) => {
    const asked = run(`SELECT $1::${type}`, [value]);
    expect(refusedValueState(await asked.catch((error: unknown) => error))).toBe(code);
  });

  it('a try whose check meets it fails at once, and gives its place back beside', async () => {
    const lock = await test.db.connect();
    const check = async (): Promise<boolean> => {
      await lock.query('BEGIN; LOCK TABLE sxo_attempt IN ACCESS EXCLUSIVE MODE');
      await test.app.get(Trouble).meet('57014');
      return true;
    };
    const work = test.app.get(AttemptService).try({ name: 'name:waits' }, check);
    await expect(work).rejects.toThrow('fails as told');
    const waiting = () =>
      lock.query("SELECT FROM pg_locks WHERE relation = 'sxo_attempt'::regclass AND NOT granted");
    while ((await waiting()).rowCount === 0) await sleep(10);
    await lock.query('ROLLBACK');
    lock.release();
  });
});

describe('a save', () => {
  it('whose connection is cut is answered with -503', async () => {
    const before = await rowOf(test.db, user.id);
    const lock = await lockRow(test.db, user.id);
    const answer = save();
    await lock.awaited(1);
    await lock.terminateWaiting();
    expectFailure(await answer, 503, -503);
    expect((await answer).headers['retry-after']).toMatch(/^[1-9]\d*$/);
    await lock.release();
    expect(await rowOf(test.db, user.id)).toEqual(before);
    expect(await save()).toMatchObject({ status: 200, body: { code: 0 } });
  });
});

describe('with the default limits', () => {
  let door: DatabaseDoor;
  let app: TestApp;
  let owner: TestUser;

  beforeAll(async () => {
    door = await openDatabaseDoor(await freshDatabase('default'));
    app = await startTestApp({
      DATABASE_URL: door.url,
      DATABASE_CONNECT_TIMEOUT_MS: '',
      DATABASE_STATEMENT_TIMEOUT_MS: '',
      DATABASE_REQUEST_TIMEOUT_MS: '',
    });
    // The test's own idle connections are cut too.
    app.db.on('error', () => undefined);
    owner = await createUser(app.db);
  });

  afterAll(async () => {
    await app.close();
    door.close();
  });

  it('a connection and a statement take less than two seconds together', () => {
    const settings = readSettings(DatabaseSettings, {});
    const schema = { entities: [], migrations: [] };
    const { extra } = dataSourceOptions(
      Object.assign(settings, { url: 'postgres://localhost/shop' }),
      schema,
      undefined,
      'statements',
    ) as { extra: Record<string, number> };
    expect(extra.query_timeout).toBeGreaterThan(extra.statement_timeout!);
    expect(extra.connectionTimeoutMillis! + extra.query_timeout!).toBeLessThan(1_900);
  });

  it('a save of a row that another keeps locked is answered with -503', async () => {
    const lock = await lockRow(app.db, owner.id);
    expectFailure(await save(app, owner.token), 503, -503);
    await lock.release();
    expect(await save(app, owner.token)).toMatchObject({ body: { code: 0 } });
  });

  it.each<[string, (ask: () => Promise<unknown>) => Promise<unknown>]>([
    ['fails', (ask) => ask()],
    ['would go on', (ask) => ask().catch(ask)],
    ['would commit', (ask) => ask().catch(() => undefined)],
  ])('a transaction whose connection falls silent asks nothing more: it %s', async (_, rest) => {
    const direct = app.app.get(Database);
    const name = 'test.backend';
    const ask = () => direct.run({ name, text: 'SELECT pg_backend_pid() AS pid' }, []);
    const query = jest.spyOn(pg.Client.prototype, 'query');
    const work = direct.transaction(async () => {
      await ask();
      door.silence();
      await rest(ask);
    });
    await expect(work).rejects.toThrow(DatabaseUnavailableException);
    const asked = query.mock.calls.map(([asked]) => asked as unknown);
    query.mockRestore();
    // Besides, expired rows may be removed every ten minutes.
    const isOurs = (one: unknown) => typeof one === 'string' || (one as Statement).name === name;
    expect(asked.filter(isOurs)).toHaveLength(3);
    const ready = () => send(app.url, { path: '/health/ready' });
    while ((await ready()).status !== 503) await sleep(50);
    door.open();
    expect(await save(app, owner.token)).toMatchObject({ body: { code: 0 } });
    while ((await ready()).status !== 200) await sleep(50);
  });
});
