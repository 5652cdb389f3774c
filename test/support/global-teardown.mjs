// Once after all tests, failed or not: drops this run's databases and stops the server it started.
import pg from 'pg';
import { testRun } from './test-run.mjs';

export default async function globalTeardown() {
  const { url, prefix, started } = testRun;
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  await client.end();
  await started?.stop();
}
