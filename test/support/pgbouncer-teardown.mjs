// Stops the PgBouncer first: its connections would keep the databases.
import base from './global-teardown.mjs';
import { testRun } from './test-run.mjs';

export default async function globalTeardown() {
  await testRun.pooler?.stop();
  await base();
}
