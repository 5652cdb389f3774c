// Once before all tests: a server, unless TEST_DATABASE_URL names one, and the two databases that
// every test file's own are copied from: one with empty tables, one that the service was started on,
// so that not every test loads the regions again.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { build } from '../../scripts/build.mjs';
import { built, migrate } from './built.mjs';
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
  const empty = await createDatabase(`${prefix}_empty`, 'template0');
  await migrate(empty);
  await startOnce(await createDatabase(`${prefix}_started`, `${prefix}_empty`));
}

/**
 * @param {string} name
 * @param {string} template
 * @returns {Promise<string>} its URL
 */
async function createDatabase(name, template) {
  const client = new pg.Client(testRun.url);
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`);
  await client.end();
  const url = new URL(testRun.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** @param {string} url */
async function startOnce(url) {
  const [{ createApp }, { loadSettings }] = await Promise.all(
    ['app', 'config/settings'].map(built),
  );
  const app = await createApp(
    loadSettings({
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: url,
      // A shared machine may stall.
      DATABASE_CONNECT_TIMEOUT_MS: '10000',
      DATABASE_STATEMENT_TIMEOUT_MS: '10000',
    }),
  );
  await app.init();
  await app.close();
}
