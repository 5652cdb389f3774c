import { createInterface } from 'node:readline/promises';
import { CommandFailure, ExitCode } from './exit-code.js';

/** A value in a table or list; null and undefined are printed as nothing. */
type Cell = string | number | boolean | null | undefined;

/** What a row of a table, or a list of fields, is made of. */
export type Row = Readonly<Record<string, Cell>>;

/** Control characters, which a terminal would obey: what users chose may have any. */
const CONTROL = /\p{Cc}/gu;

const shown = (cell: Cell): string => String(cell ?? '').replace(CONTROL, '\u{FFFD}');

/** Those that JSON leaves as they are. */
const ESCAPED = /[\u007f-\u009f]/g;

/** Prints a command's answer: as JSON where it was asked for, else as its lines. */
export function print(json: boolean | undefined, data: object, lines: readonly string[]): void {
  const text = json
    ? JSON.stringify(data, null, 2).replace(
        ESCAPED,
        (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    : lines.join('\n');
  process.stdout.write(`${text}\n`);
}

/** Rows below their columns' names. */
export function table(rows: readonly Row[], columns: readonly string[]): string[] {
  const cells = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))];
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((line) => (line[index] ?? '').length)),
  );
  return cells.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Fields one below the other. */
export function fields(row: Row): string[] {
  const width = Math.max(...Object.keys(row).map((name) => name.length));
  return Object.entries(row).map(([name, cell]) =>
    `${name.padEnd(width)}  ${shown(cell)}`.trimEnd(),
  );
}

/** Whether a person reads the answer as it is printed. */
export const isOnTerminal = (): boolean => process.stdout.isTTY;

/**
 * Has what cannot be undone confirmed, by `--yes` or at the terminal.
 *
 * @throws CommandFailure it was not
 */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandFailure(
      ExitCode.usage,
      `${question} That cannot be undone: repeat the command with --yes.`,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} That cannot be undone. (yes/no) `);
  terminal.close();
  if (answer.trim() !== 'yes') throw new CommandFailure(ExitCode.failed, 'Nothing was done.');
}
