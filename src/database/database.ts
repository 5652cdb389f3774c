import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Tracing } from '../tracing/tracing.js';
import { DatabaseUnavailableException, isDatabaseUnavailable } from './database-errors.js';

/** One SQL statement with numbered placeholders (`$1`). Its name is unique in the service. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** The pool's connections: open ones, those of them that are free, and callers that wait for one. */
export interface PoolLoad {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/**
 * Runs named statements on TypeORM's own pool. PostgreSQL parses and plans each once for a
 * connection, which makes the statements of every request cheaper than TypeORM's query builder.
 */
@Injectable()
export class Database {
  private readonly transactions = new AsyncLocalStorage<PoolClient>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly tracing: Tracing,
  ) {}

  /** How busy the pool is now. */
  get load(): PoolLoad {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return { total, idle, waiting };
  }

  /**
   * Inside {@link transaction}, a part of it.
   *
   * @returns the statement's rows; numbers wider than 32 bits and dates as text, instants as `Date`
   * @throws DatabaseUnavailableException when the server does not answer in time
   */
  async run<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]> {
    try {
      const connection = this.transactions.getStore() ?? this.pool;
      const { rows } = await this.tracing.inSpan(statement.name, 'client', () =>
        connection.query<Row>({ ...statement, values }),
      );
      return rows;
    } catch (error) {
      throw translate(error);
    }
  }

  /**
   * Runs work in one transaction, its statements through {@link run}: all of them are kept, or none
   * where the work throws. Work inside work joins the outer transaction.
   *
   * @throws what the work throws
   * @throws DatabaseUnavailableException when the server does not answer in time; whether a commit
   *   that was under way happened is unknown then
   */
  transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.transactions.getStore()) return work();
    return this.tracing.inSpan('transaction', 'internal', () => this.inTransaction(work));
  }

  /**
   * For work whose result has to last although its caller fails, such as a counted try: inside a
   * transaction it would be rolled back with it.
   *
   * @throws Error inside {@link transaction}; a mistake of the caller
   */
  refuseTransaction(work: string): void {
    if (this.transactions.getStore()) throw new Error(`${work} must not be part of a transaction`);
  }

  private async inTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
    const client = await this.connect();
    try {
      await client.query('BEGIN');
      const result = await this.transactions.run(client, work);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      await rollBack(client);
      throw translate(error);
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw translate(error);
    }
  }

  /** TypeORM keeps its pool in the driver, typed only on the driver class that it does not export. */
  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}

const translate = (error: unknown): unknown =>
  isDatabaseUnavailable(error) ? new DatabaseUnavailableException(error) : error;

/** Gives the connection back; one that cannot even roll back is thrown away. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
