import { jest } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DatabaseSettings } from '../../src/config/database.settings.js';
import { readSettings, SettingsError } from '../../src/config/env.js';
import { AppDataSource } from '../../src/database/app-data-source.js';
import { type PgBouncer, startPgBouncer } from '../support/pgbouncer.mjs';
import { unmigratedDatabase } from '../support/test-database.js';

jest.setTimeout(60_000);

const LIMIT_MS = 1_000;

/** Longer than the limit. */
class SlowMigration1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE slow AS SELECT pg_sleep(1.5)::text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE slow');
  }
}

const schema = { entities: [], migrations: [SlowMigration1700000000000] };

let direct: string;
let db: pg.Pool;
let bouncer: PgBouncer | undefined;

/** @param connectQuery what the operator has PgBouncer set */
async function through(connectQuery: string): Promise<AppDataSource> {
  bouncer = await startPgBouncer(direct, connectQuery);
  const url = new URL(direct);
  url.host = bouncer.host;
  const settings = readSettings(DatabaseSettings, {
    DATABASE_URL: url.href,
    DATABASE_STATEMENT_TIMEOUT_MS: String(LIMIT_MS),
    DATABASE_CONNECT_TIMEOUT_MS: '10000',
  });
  return new AppDataSource(settings, schema);
}

const LIMITS = `SET statement_timeout = ${LIMIT_MS}; SET idle_in_transaction_session_timeout = 10000`;

beforeAll(async () => {
  direct = await unmigratedDatabase();
  db = new pg.Pool({ connectionString: direct, max: 1 });
});

afterAll(() => db.end());

afterEach(async () => {
  await bouncer?.stop();
  bouncer = undefined;
});

it('are in force where PgBouncer sets them: the server cancels a statement', async () => {
  const source = await (await through(LIMITS)).initialize();
  await expect(source.query('SELECT pg_sleep(60)')).rejects.toMatchObject({
    code: '57014',
  });
  await source.destroy();
});

it('do not hold for migrations', async () => {
  const source = await (await through(LIMITS)).initialize();
  await source.migrate();
  await source.destroy();
  expect((await db.query('SELECT FROM slow')).rowCount).toBe(1);
});

it.each([
  ['SELECT 1', /statement_timeout is 0 ms.*idle_in_transaction_session_timeout is 0 ms/],
  [LIMITS.replace(/= \d+/, '= 60000'), /the server's statement_timeout is 60000 ms/],
])('stop the start where it does not: %s', async (connectQuery, message) => {
  const source = await through(connectQuery);
  const error: unknown = await source.initialize().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SettingsError);
  expect((error as SettingsError).message).toMatch(message);
  expect(source.isInitialized).toBe(false);
});
