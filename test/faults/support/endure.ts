import pg from 'pg';
import { type LoadReport, SaveLoad } from './save-load.js';
import { tabulate } from './table.js';

/** Requests of each client before and after a fault. */
export const SOME = 20;

/** The promise is two seconds; a machine that stalls is given more. */
const ANSWER_LIMIT_MS = 15_000;

/** The test's own connections to a database whose server will fail. */
export const connectTo = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // Its idle connections are cut, too.
  pool.on('error', () => undefined);
  return pool;
};

/**
 * Lets a fault happen while there is a load on a service, and goes on until all is well again.
 *
 * @param db to the service's database
 * @param fault begins, and ends
 */
export async function endure(
  url: string,
  db: pg.Pool,
  name: string,
  fault: (load: SaveLoad) => Promise<unknown>,
): Promise<LoadReport> {
  const load = await SaveLoad.start(url, db);
  await load.successes(SOME);
  await fault(load);
  await load.successes(SOME);
  const report = await load.stop();
  tabulate(name, report);
  expect(report).toMatchObject({ lost: 0, others: [] });
  expect(report.slowestRefusalMs).toBeLessThan(ANSWER_LIMIT_MS);
  return report;
}
