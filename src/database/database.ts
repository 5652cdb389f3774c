import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { Tracing } from '../tracing/tracing.js';
import { DatabaseUnavailableException, isDatabaseUnavailable } from './database-errors.js';
import { repeatWhileUndone } from './repeat.js';

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

/** A transaction that is under way, and what is to follow its commit. */
interface Transaction {
  readonly client: PoolClient;
  readonly afterCommit: (() => void)[];
}

/**
 * Runs named statements on TypeORM's own pool. PostgreSQL parses and plans each once for a
 * connection, which makes the statements of every request cheaper than TypeORM's query builder.
 */
@Injectable()
export class Database {
  private readonly transactions = new AsyncLocalStorage<Transaction>();

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
   * Inside {@link transaction}, a part of it. Outside, a statement that PostgreSQL undid because of
   * others at the same time is run again.
   *
   * @returns the statement's rows; numbers wider than 32 bits and dates as text, instants as `Date`
   * @throws DatabaseUnavailableException when the server does not answer in time; whether a write
   *   happened is unknown then
   */
  async run<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const ask = async (connection: Pool | PoolClient): Promise<Row[]> => {
      const { rows } = await answered(
        this.tracing.inSpan(statement.name, 'client', () =>
          connection.query<Row>({ ...statement, values }),
        ),
      );
      return rows;
    };
    const transaction = this.transactions.getStore();
    return transaction ? ask(transaction.client) : repeatWhileUndone(() => ask(this.pool));
  }

  /**
   * Runs work in one transaction, its statements through {@link run}: all of them are kept, or none
   * where the work throws. Work inside work joins the outer transaction.
   *
   * Work that PostgreSQL undid because of others at the same time is done again, from its start and
   * in a new transaction: it must touch nothing but the database.
   *
   * @throws what the work throws
   * @throws DatabaseUnavailableException when the server does not answer in time; whether a commit
   *   that was under way happened is unknown then
   */
  transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.transactions.getStore()) return work();
    return repeatWhileUndone(() =>
      this.tracing.inSpan('transaction', 'internal', () => this.transact(work)),
    );
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

  /**
   * For work whose parts must not be kept one without the other.
   *
   * @throws Error outside of {@link transaction}; a mistake of the caller
   */
  requireTransaction(work: string): void {
    if (!this.transactions.getStore()) throw new Error(`${work} must be part of a transaction`);
  }

  /**
   * Does something once the transaction around it is committed, never where it is rolled back or its
   * commit's outcome is unknown; outside of one, at once. It must not throw.
   */
  afterCommit(work: () => void): void {
    const transaction = this.transactions.getStore();
    if (transaction) transaction.afterCommit.push(work);
    else work();
  }

  private async transact<Result>(work: () => Promise<Result>): Promise<Result> {
    const client = await answered(this.pool.connect());
    const transaction: Transaction = { client, afterCommit: [] };
    const result = await this.commit(transaction, work);
    for (const follow of transaction.afterCommit) follow();
    return result;
  }

  private async commit<Result>(
    transaction: Transaction,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { client } = transaction;
    // The pool listens to idle connections only, and an error that nobody hears ends the process.
    // What uses the connection, now or next, fails with it.
    client.on('error', ignore);
    try {
      await answered(client.query('BEGIN'));
      const result = await this.transactions.run(transaction, work);
      const { command } = await answered(client.query('COMMIT'));
      // PostgreSQL answers so when a statement failed and the work went on regardless.
      if (command !== 'COMMIT')
        throw new Error('a transaction was rolled back instead of committed');
      client.release();
      return result;
    } catch (error) {
      await rollBack(client, error);
      throw error;
    } finally {
      client.off('error', ignore);
    }
  }

  /** TypeORM keeps its pool in the driver, typed only on the driver class that it does not export. */
  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}

const ignore = (): void => undefined;

/** @throws DatabaseUnavailableException where the error speaks of the server, else the error itself */
async function answered<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailableException(error) : error;
  }
}

/**
 * Gives the connection back. One that did not answer is thrown away at once, for whoever has it next
 * would get the answers to what was asked before; so is one that cannot even roll back.
 */
async function rollBack(client: PoolClient, reason: unknown): Promise<void> {
  if (reason instanceof DatabaseUnavailableException && !reason.saidByServer) {
    client.release(true);
    return;
  }
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
