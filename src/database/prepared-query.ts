import pg, { type Connection, type FieldDef, type PoolClient, type Submittable } from 'pg';
import type { Statement } from './database.js';

/** How to read a statement's rows: its columns' names, and what makes values of their text. */
interface Columns {
  readonly names: readonly string[];
  readonly parsers: readonly ((text: string) => unknown)[];
}

/** Its types know PostgreSQL's own types only. */
const parserOf = pg.types.getTypeParser as (typeId: number) => (text: string) => unknown;

const columnsOf = (fields: readonly FieldDef[]): Columns => ({
  names: fields.map(({ name }) => name),
  parsers: fields.map(({ dataTypeID }) => parserOf(dataTypeID)),
});

/** What hot statements are given; null and absent are one. */
export type PreparedValue = string | number | Buffer | null | undefined;

interface Rows<Row> {
  readonly rows: Row[];
}

/**
 * Runs named statements that come often. PostgreSQL keeps to a statement's columns for as long as it is
 * prepared, but `pg` has it describe them each time, and works out anew how to read them: a good part of
 * what a small statement costs. Here that is done once a connection.
 */
export class PreparedQueries {
  private readonly known = new WeakMap<PoolClient, Map<string, Columns>>();

  /** @param timeoutMs after which `pg` fails the query; Infinity for never */
  async run<Row extends object>(
    client: PoolClient,
    { name, text }: Statement,
    values: readonly PreparedValue[],
    timeoutMs: number,
  ): Promise<Rows<Row>> {
    const limit = timeoutMs === Infinity ? {} : { query_timeout: Math.ceil(timeoutMs) };
    const known = this.known.get(client) ?? new Map<string, Columns>();
    const columns = known.get(name);
    if (columns) {
      return new Promise((resolve, reject) => {
        client.query(new PreparedQuery(name, values, columns, limit, resolve, reject));
      });
    }
    const result = await client.query<Row>({ name, text, values: [...values], ...limit });
    this.known.set(client, known.set(name, columnsOf(result.fields)));
    return result;
  }
}

/** A query that was prepared on the connection before. A client of `pg` calls its methods. */
class PreparedQuery<Row extends object> implements Submittable {
  readonly query_timeout?: number;
  private readonly values: readonly (string | Buffer | null)[];
  private readonly rows: Row[] = [];
  private unreadable?: Error;

  constructor(
    /** By which `pg` knows what a failure spoils. */
    readonly name: string,
    values: readonly PreparedValue[],
    private readonly columns: Columns,
    limit: { readonly query_timeout?: number },
    resolve: (result: Rows<Row>) => void,
    reject: (error: Error) => void,
  ) {
    Object.assign(this, limit);
    this.values = values.map(wireValue);
    this.callback = (error) => (error ? reject(error) : resolve({ rows: this.rows }));
  }

  /** `pg` puts another in its place when the time is up. */
  callback: (error: Error | null) => void;

  submit(connection: Connection): void {
    const { stream } = connection;
    // In one packet.
    stream.cork();
    connection.bind({ statement: this.name, values: [...this.values] }, true);
    connection.execute(null, true);
    connection.sync();
    stream.uncork();
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const { names, parsers } = this.columns;
    const row: Record<string, unknown> = {};
    try {
      names.forEach((name, index) => {
        const text = fields[index] ?? null;
        row[name] = text === null ? null : parsers[index]?.(text);
      });
    } catch (error) {
      this.unreadable = error instanceof Error ? error : new Error(String(error));
    }
    this.rows.push(row as Row);
  }

  handleCommandComplete(): void {
    // The rows are handed over when the server is ready for the next query.
  }

  handleReadyForQuery(): void {
    this.callback(this.unreadable ?? null);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}

/** @throws TypeError for what no hot statement may be given; before the connection is busy with it */
function wireValue(value: PreparedValue): string | Buffer | null {
  if (typeof value === 'number') return String(value);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value;
  throw new TypeError('a hot statement takes text, numbers and bytes');
}
