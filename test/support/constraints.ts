import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Row = Record<string, unknown>;

/** What a check constraint refuses, and what it takes. */
export interface Check {
  readonly constraint: string;
  readonly table: string;
  /** Columns that differ from the table's row. */
  readonly bad: readonly Row[];
  /** At the limit. */
  readonly good: readonly Row[];
}

/** What a unique constraint or index refuses, and what it takes. */
export interface Uniqueness {
  readonly constraint: string;
  readonly table: string;
  readonly first: Row;
  /** Rows that collide with the first. */
  readonly bad: readonly Row[];
  /** Rows that do not. */
  readonly good: readonly Row[];
}

/** What a module's file in test/constraints tells of its tables. */
export interface Constraints {
  /** A complete row of each table, for the user with id 1. */
  readonly rows: Record<string, Row>;
  /** Rows that must be there before a table's row, by that table; each with its id. */
  readonly parents?: Record<string, readonly { readonly table: string; readonly row: Row }[]>;
  readonly checks: readonly Check[];
  /** None where absent. */
  readonly unique?: readonly Uniqueness[];
}

const FOLDER = new URL('../constraints/', import.meta.url);

/** What all files in test/constraints tell, together. */
export async function contributedConstraints(): Promise<Required<Constraints>> {
  const files = existsSync(FOLDER) ? readdirSync(fileURLToPath(FOLDER)) : [];
  const all = await Promise.all(
    files.map(async (file) => {
      const { default: constraints } = (await import(new URL(file, FOLDER).href)) as {
        default: Constraints;
      };
      return constraints;
    }),
  );
  return {
    rows: Object.assign({}, ...all.map(({ rows }) => rows)) as Record<string, Row>,
    parents: Object.assign(
      {},
      ...all.map(({ parents }) => parents),
    ) as Required<Constraints>['parents'],
    checks: all.flatMap(({ checks }) => checks),
    unique: all.flatMap(({ unique = [] }) => unique),
  };
}
