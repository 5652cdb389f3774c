// As for every other test; then prints what the faults did.
import base from '../../support/global-teardown.mjs';
import { printTable } from './fault-table.mjs';

export default async function globalTeardown() {
  await base();
  printTable();
}
