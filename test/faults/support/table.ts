import { appendFileSync } from 'node:fs';
import type { LoadReport } from './save-load.js';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const append = (cells: readonly string[]): void =>
  appendFileSync(process.env.NEST_SHOPXO_FAULT_TABLE!, `${JSON.stringify(cells)}\n`);

/** Adds a fault to the table that is printed when all tests are done. */
export const tabulate = (fault: string, report: LoadReport): void =>
  append([
    fault,
    ...[report.sent, report.answered, report.saved, report.lost, report.refused].map(String),
    seconds(report.longestOutageMs),
    seconds(report.slowestRefusalMs),
  ]);

/** Says in the table why a fault was not tried. */
export const tabulateImpossible = (fault: string, why: string): void => append([fault, why]);
