// As for every other test, with a PgBouncer between the applications and the server.
import base from './global-setup.mjs';
import { startPgBouncer } from './pgbouncer.mjs';
import { testRun } from './test-run.mjs';

/** As long as a test's statement may take on a machine that stalls. */
const LIMITS =
  'SET statement_timeout = 10000; SET idle_in_transaction_session_timeout = 10000; SET client_connection_check_interval = 200';

export default async function globalSetup() {
  await base();
  testRun.pooler = await startPgBouncer(testRun.url, LIMITS);
  process.env.NEST_SHOPXO_TEST_POOLER = testRun.pooler.host;
}
