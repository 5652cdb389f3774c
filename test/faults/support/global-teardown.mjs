// As for every other test; then prints what the faults did.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import base from '../../support/global-teardown.mjs';

const HEAD = [
  'fault',
  'sent',
  'answered',
  'saved',
  'lost',
  'refused',
  'longest outage',
  'slowest -503',
];

export default async function globalTeardown() {
  await base();
  const file = process.env.NEST_SHOPXO_FAULT_TABLE ?? '';
  if (existsSync(file)) {
    /** @type {string[][]} */
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const table = [HEAD, ...rows];
    const widths = HEAD.map((_, column) =>
      Math.max(...table.map((row) => (row[column] ?? '').length)),
    );
    const lines = table.map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }
  rmSync(dirname(file), { recursive: true, force: true });
}
