import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { ExpiredRowsCleaner } from '../../src/database/expired-rows.cleaner.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(() => test.close());

afterEach(() => jest.restoreAllMocks());

const clean = () => test.app.get(ExpiredRowsCleaner).clean();

/** Rows whose time, `t`, is so many minutes from now, by their number. */
const fill = (table: string, columns: string, row: string, minutes: number, count = 1) =>
  test.db.query(
    `INSERT INTO ${table} (${columns})
     SELECT ${row} FROM generate_series(1, $2::integer) n, (SELECT now() + make_interval(mins => $1) t) AS at`,
    [minutes, count],
  );

it('is done every ten minutes', () => {
  const job = test.app.get(SchedulerRegistry).getCronJob(ExpiredRowsCleaner.jobName);
  const [next, later] = job.nextDates(2);
  expect(later!.diff(next!).as('minutes')).toBe(10);
});

const TABLES = [
  ['sxo_attempt', 'key, failures, expires_at', `sha256((random() * n)::text::bytea), '{}', t`],
  [
    'sxo_limited_use',
    'key, points, expire',
    `(random() * n)::text, 1, extract(epoch FROM t) * 1000`,
  ],
  [
    'sxo_captcha',
    'type, uuid, salt, answer_hash, expire_time',
    `'t', (random() * n)::text, '', sha256(''), t`,
  ],
  [
    'sxo_verification_code',
    'purpose, channel, account, salt, code_hash, expire_time',
    `'reg', 'email', (random() * n)::text, '', sha256(''), t`,
  ],
] as const;

it.each(TABLES)('%s loses what has expired, and nothing else', async (table, columns, row) => {
  await fill(table, columns, row, -1, 3);
  await fill(table, columns, row, 1, 2);
  await clean();
  expect((await test.db.query(`SELECT FROM ${table}`)).rowCount).toBe(2);
});

it('goes on until nothing is left, in pieces that take no longer than a request may', async () => {
  const [table, columns, row] = TABLES[0];
  await test.db.query(`DELETE FROM ${table}`);
  await fill(table, columns, row, -1, 2_500);
  await test.db.query(`
    CREATE TABLE removed (statement bigint);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO removed SELECT count(*) FROM gone; RETURN NULL; END $$;
    CREATE TRIGGER note AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
      FOR EACH STATEMENT EXECUTE FUNCTION note()`);
  await clean();
  const { rows } = await test.db.query<{ statement: string }>('SELECT statement FROM removed');
  expect(rows.map(({ statement }) => Number(statement))).toEqual([1_000, 1_000, 500]);
});

it('waits for no row that is in use', async () => {
  const [table, columns, row] = TABLES[1];
  await test.db.query(`DELETE FROM ${table}`);
  await fill(table, columns, row, -1, 3);
  const user = await test.db.connect();
  await user.query('BEGIN');
  await user.query(`SELECT FROM ${table} LIMIT 1 FOR UPDATE`);
  await clean();
  expect((await test.db.query(`SELECT FROM ${table}`)).rowCount).toBe(1);
  await user.query('ROLLBACK');
  user.release();
});

it('is logged where it fails, and goes on with the other tables', async () => {
  const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  const [, [rates, columns, row]] = TABLES;
  await fill(rates, columns, row, -1);
  await test.db.query('ALTER TABLE sxo_attempt RENAME TO away');
  await clean();
  await test.db.query('ALTER TABLE away RENAME TO sxo_attempt');
  expect(logged).toHaveBeenCalledTimes(1);
  expect(logged).toHaveBeenCalledWith(
    expect.objectContaining({
      msg: 'expired rows were not removed',
      by: 'sxo_attempt.delete_expired',
    }),
  );
  const left = await test.db.query(
    `SELECT FROM ${rates} WHERE expire <= extract(epoch FROM now()) * 1000`,
  );
  expect(left.rowCount).toBe(0);
});
