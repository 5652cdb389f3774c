// As for every other test, and a place for what the faults did.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import base from '../../support/global-setup.mjs';

export default async function globalSetup() {
  process.env.NEST_SHOPXO_FAULT_TABLE = join(
    mkdtempSync(join(tmpdir(), 'nest-shopxo-faults-')),
    'table',
  );
  await base();
}
