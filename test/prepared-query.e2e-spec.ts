import { jest } from '@jest/globals';
import pg from 'pg';
import { Database, type Statement } from '../src/database/database.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const hot = (name: string, text: string): Statement => ({
  name: `test.${name}`,
  text,
  isHot: true,
});

const ECHO = hot(
  'echo',
  `SELECT $1::text AS text, $2::int AS number, $3::bytea AS bytes, $4::date AS day,
     $5::timestamptz AS instant, $6::jsonb AS json, $7::bigint AS wide`,
);
const VALUES = ['浦江 "x"', 7, Buffer.from([0, 255]), '2024-02-29', '2024-02-29T12:00:00Z'];
const GIVEN = [...VALUES, '{"a":[1,null]}', '9007199254740993'];

let test: TestApp;
let database: Database;

beforeAll(async () => {
  // One connection, so that a statement's second run is on the one that knows it.
  test = await startTestApp({ DATABASE_POOL_SIZE: '1', DATABASE_REQUEST_TIMEOUT_MS: '2000' });
  database = test.app.get(Database);
});

afterAll(() => test.close());

describe('a hot statement', () => {
  it('gives what any statement gives, however often it is run', async () => {
    const expected = await database.run({ ...ECHO, name: 'test.plain', isHot: undefined }, GIVEN);
    expect(expected).toEqual([
      {
        text: '浦江 "x"',
        number: 7,
        bytes: Buffer.from([0, 255]),
        day: '2024-02-29',
        instant: new Date('2024-02-29T12:00:00Z'),
        json: { a: [1, null] },
        wide: '9007199254740993',
      },
    ]);
    for (let run = 0; run < 3; run += 1) expect(await database.run(ECHO, GIVEN)).toEqual(expected);
  });

  it('takes null and what is absent for one', async () => {
    const none = { text: null, number: null, bytes: null, day: null, instant: null, json: null };
    for (const value of [null, undefined]) {
      const rows = await database.run(ECHO, Array<unknown>(7).fill(value));
      expect(rows).toEqual([{ ...none, wide: null }]);
    }
  });

  it('gives many rows, and none', async () => {
    const count = hot('count', 'SELECT i FROM generate_series(1, $1::int) i ORDER BY i');
    for (const most of [3, 0, 2]) {
      const rows = await database.run<{ i: number }>(count, [most]);
      expect(rows.map(({ i }) => i)).toEqual(Array.from({ length: most }, (_, index) => index + 1));
    }
  });

  it('is described once a connection', async () => {
    const query = jest.spyOn(pg.Client.prototype, 'query');
    const again = hot('again', 'SELECT 1 AS one');
    for (let run = 0; run < 3; run += 1) await database.run(again, []);
    const asked = query.mock.calls.map(([config]) => 'text' in (config as unknown as object));
    query.mockRestore();
    expect(asked).toEqual([true, false, false]);
  });

  it('fails as any statement, and the next one runs', async () => {
    const divide = hot('divide', 'SELECT 1 / $1::int AS part');
    expect(await database.run(divide, [1])).toEqual([{ part: 1 }]);
    expect(await database.run(divide, [1])).toEqual([{ part: 1 }]);
    await expect(database.run(divide, [0])).rejects.toMatchObject({ code: '22012' });
    expect(await database.run(divide, [1])).toEqual([{ part: 1 }]);
  });

  it('is a part of the transaction around it', async () => {
    await test.db.query('CREATE TABLE kept (text text)');
    const keep = hot('keep', 'INSERT INTO kept VALUES ($1)');
    await database.run(keep, ['first']);
    await database
      .transaction(async () => {
        await database.run(keep, ['second']);
        throw new Error('undone');
      })
      .catch(() => undefined);
    await database.run(keep, ['third']);
    const { rows } = await test.db.query<{ text: string }>('SELECT text FROM kept');
    expect(rows.map(({ text }) => text)).toEqual(['first', 'third']);
  });

  it('has half of the time of a request where it is in none', async () => {
    const nap = hot('nap', 'SELECT pg_sleep($1)');
    await database.run(nap, [0]);
    const start = performance.now();
    await expect(database.run(nap, [60])).rejects.toThrow('The database does not answer');
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(await database.run(ECHO, GIVEN)).toHaveLength(1);
  });

  it('whose rows cannot be read fails, and the process lives', async () => {
    let broken = false;
    pg.types.setTypeParser(pg.types.builtins.MONEY, (text) => {
      if (broken) throw new Error('unreadable');
      return text;
    });
    const price = hot('price', 'SELECT $1::text::money AS price');
    expect(await database.run(price, ['1.50'])).toHaveLength(1);
    broken = true;
    await expect(database.run(price, ['1.50'])).rejects.toThrow('unreadable');
    broken = false;
    expect(await database.run(price, ['1.50'])).toHaveLength(1);
  });
});
