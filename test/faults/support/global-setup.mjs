// As for every other test, and a place for what the faults did.
import base from '../../support/global-setup.mjs';
import { openTable } from './fault-table.mjs';

export default async function globalSetup() {
  openTable();
  await base();
}
