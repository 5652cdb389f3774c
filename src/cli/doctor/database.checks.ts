import { existsSync } from 'node:fs';
import { DatabaseSettings } from '../../config/database.settings.js';
import { pickSettings, type Settings } from '../../config/settings.js';
import { AppDataSource } from '../../database/app-data-source.js';
import { DataDirError } from '../../database/embedded/data-dir-lock.js';
import { schema } from '../../schema.js';
import { MIGRATION_REMEDY } from '../services.js';
import { fine, type Finding, reasonOf, unused, wrong } from './finding.js';

/** The oldest PostgreSQL that the tests run on. */
const LEAST_VERSION = 15;

/** The most that a machine's clock may differ from the database's. */
const CLOCK_SECONDS = 5;

const URL_REMEDY = 'Look at DATABASE_URL: host, port, user, percent-encoded password and database.';

/** One statement that tells of the server. */
interface Facts {
  readonly version: number;
  readonly encoding: string;
  readonly schema: string | null;
  readonly may_create: boolean;
  readonly user: string;
  readonly database: string;
  readonly closed_tables: string[];
}

/** `to_regclass` and the rights are null where there is no schema to create in. */
const FACTS = `
  SELECT
    current_setting('server_version_num')::int / 10000 AS version,
    pg_encoding_to_char((SELECT encoding FROM pg_database WHERE datname = current_database()))
      AS encoding,
    current_schema() AS schema,
    coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
    current_user AS user,
    current_database() AS database,
    ARRAY(
      SELECT tablename::text FROM pg_tables
      WHERE schemaname = current_schema() AND tablename LIKE 'sxo\\_%'
        AND NOT has_table_privilege(format('%I.%I', schemaname, tablename),
          'SELECT, INSERT, UPDATE, DELETE')
      ORDER BY tablename) AS closed_tables`;

/** The database: reachable, of the right version and encoding, with the rights, the migrations and the time. */
export async function databaseChecks(settings: Settings): Promise<Finding[]> {
  const database = pickSettings(settings, DatabaseSettings);
  const { embedded, dataDir } = database;
  if (embedded && !existsSync(dataDir)) {
    return [unused('database', `none yet: the first start makes one in DATA_DIR ${dataDir}`)];
  }
  let dataSource: AppDataSource;
  try {
    // As the service does, but nothing is made or changed.
    dataSource = await new AppDataSource(database, schema).initialize();
  } catch (error) {
    return [unreachable(error)];
  }
  try {
    const [facts] = await dataSource.query<Facts[]>(FACTS);
    if (!facts) throw new Error('the database told nothing of itself');
    return [
      fine('database', embedded ? `embedded, in ${dataDir}` : `${facts.database} answers`),
      versionOf(facts),
      encodingOf(facts),
      rightsOf(facts),
      migrationsOf(await dataSource.pendingMigrations()),
      await clockOf(dataSource),
    ];
  } catch (error) {
    return [wrong('database', reasonOf(error), URL_REMEDY)];
  } finally {
    await dataSource.destroy();
  }
}

function unreachable(error: unknown): Finding {
  return error instanceof DataDirError
    ? wrong('database', error.message, 'Stop the service to look at its embedded database.')
    : wrong('database', `it cannot be reached: ${reasonOf(error)}`, URL_REMEDY);
}

const versionOf = ({ version }: Facts): Finding =>
  version < LEAST_VERSION
    ? wrong('version', `PostgreSQL ${version}`, `Use PostgreSQL ${LEAST_VERSION} or later.`)
    : fine('version', `PostgreSQL ${version}`);

const encodingOf = ({ encoding, database }: Facts): Finding =>
  encoding === 'UTF8'
    ? fine('encoding', encoding)
    : wrong(
        'encoding',
        encoding,
        `Make the database anew: CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8';`,
      );

function rightsOf({ may_create, schema: own, user, closed_tables }: Facts): Finding {
  if (!may_create) {
    const where = own ?? 'public';
    return wrong(
      'rights',
      `${user} may not create tables in the schema ${where}`,
      `As its owner: GRANT USAGE, CREATE ON SCHEMA ${where} TO ${user};`,
    );
  }
  return closed_tables.length === 0
    ? fine('rights', `${user} may create, read and write`)
    : wrong(
        'rights',
        `${user} may not read and write ${closed_tables.join(', ')}`,
        `As their owner: GRANT ALL ON ALL TABLES IN SCHEMA ${own ?? 'public'} TO ${user};`,
      );
}

const migrationsOf = (pending: readonly string[]): Finding =>
  pending.length === 0
    ? fine('migrations', 'every one is applied')
    : wrong(
        'migrations',
        `${pending.length} are to be applied, ${pending[0] ?? ''} first`,
        MIGRATION_REMEDY,
      );

/** Sessions and codes end by the database's clock, one-time passwords by the machine's. */
async function clockOf(dataSource: AppDataSource): Promise<Finding> {
  const before = Date.now();
  const [row] = await dataSource.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
  const between = (before + Date.now()) / 2;
  const seconds = Math.abs((row?.now.getTime() ?? 0) - between) / 1_000;
  const text = `${seconds.toFixed(1)} s from the database's`;
  return seconds > CLOCK_SECONDS
    ? wrong('clock', text, 'Set both machines by NTP, e.g. with systemd-timesyncd or chrony.')
    : fine('clock', text);
}
