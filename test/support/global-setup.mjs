// Once before all tests: a server, unless TEST_DATABASE_URL names one, and the migrated database
// that every test file's own is copied from.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { build } from '../../scripts/build.mjs';
import { startPostgres } from './postgres-server.mjs';
import { testRun } from './test-run.mjs';

export default async function globalSetup() {
  build();
  const configured = process.env.TEST_DATABASE_URL;
  const started = configured === undefined ? await startPostgres() : undefined;
  const url = configured ?? started?.url ?? '';
  const prefix = `nest_shopxo_test_${randomBytes(4).toString('hex')}`;
  process.env.NEST_SHOPXO_TEST_SERVER = url;
  process.env.NEST_SHOPXO_TEST_PREFIX = prefix;
  Object.assign(testRun, { url, prefix, started });
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`CREATE DATABASE ${prefix}_template TEMPLATE template0 ENCODING 'UTF8'`);
  await client.end();
  await migrate(url, `${prefix}_template`);
}

/**
 * @param {string} server
 * @param {string} database
 */
async function migrate(server, database) {
  const [{ AppDataSource }, { DatabaseSettings }, { readSettings }, { schema }] = await Promise.all(
    ['database/app-data-source', 'config/database.settings', 'config/env', 'schema'].map(
      (module) => import(`../../dist/src/${module}.js`),
    ),
  );
  const url = new URL(server);
  url.pathname = `/${database}`;
  const settings = readSettings(DatabaseSettings, { DATABASE_URL: url.href });
  const dataSource = await new AppDataSource(settings, schema).initialize();
  await dataSource.migrate();
  await dataSource.destroy();
}
