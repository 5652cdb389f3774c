// As for every other test, with a PgBouncer between the applications and the server.
import base from './global-setup.mjs';
import { poolerLimits, startPgBouncer } from './pgbouncer.mjs';
import { testRun } from './test-run.mjs';

/** As long as a test's statement may take on a machine that stalls. */
const STATEMENT_MS = 10_000;

export default async function globalSetup() {
  await base();
  testRun.pooler = await startPgBouncer(testRun.url, poolerLimits(STATEMENT_MS));
  process.env.NEST_SHOPXO_TEST_POOLER = testRun.pooler.host;
}
