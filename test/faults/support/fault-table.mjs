// The table of the faults that were tried: each test process adds its lines to one file.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

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

/** Makes the file that the lines go to, and names it in the environment. */
export function openTable() {
  process.env.NEST_SHOPXO_FAULT_TABLE = join(
    mkdtempSync(join(tmpdir(), 'nest-shopxo-faults-')),
    'table',
  );
}

/** Prints what the faults did, and removes the file. */
export function printTable() {
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
