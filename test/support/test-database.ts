import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; tests run with npm test`);
  return value;
};

/**
 * Gives this worker a new database as the service's first start leaves it, without any account; the
 * one that its last test file left is dropped.
 *
 * @param purpose tells databases of one file apart
 * @returns its URL
 */
export const freshDatabase = (purpose = 'main'): Promise<string> =>
  createDatabase(purpose, `${required('NEST_SHOPXO_TEST_PREFIX')}_started`);

/** Like {@link freshDatabase}, but as the migrations leave it: every table is empty. */
export const emptyDatabase = (purpose = 'empty'): Promise<string> =>
  createDatabase(purpose, `${required('NEST_SHOPXO_TEST_PREFIX')}_empty`);

/** Like {@link freshDatabase}, but without any table. */
export const unmigratedDatabase = (purpose = 'unmigrated'): Promise<string> =>
  createDatabase(purpose, 'template0');

async function createDatabase(purpose: string, template: string): Promise<string> {
  const server = required('NEST_SHOPXO_TEST_SERVER');
  const prefix = required('NEST_SHOPXO_TEST_PREFIX');
  const name = `${prefix}_${process.env.JEST_WORKER_ID ?? '0'}_${purpose}`;
  const client = new pg.Client(server);
  await client.connect();
  try {
    await lastConnectionEnded(client, name);
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Waits a while for connections that are just ending: a pool says that it has ended before its
 * connections have, and one that is terminated meanwhile fails in the next test.
 */
async function lastConnectionEnded(client: pg.Client, database: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (Date.now() < deadline) {
    const { rowCount } = await client.query(
      'SELECT FROM pg_stat_activity WHERE datname = $1 LIMIT 1',
      [database],
    );
    if (rowCount === 0) return;
    await setTimeout(10);
  }
}
