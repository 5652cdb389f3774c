import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Client } from 'pg';
import type { EntityManager, EntityTarget, ObjectLiteral, QueryRunner, Repository } from 'typeorm';
import { DatabaseSettings } from '../config/database.settings.js';
import { refusePastDeadline } from '../deadline/deadline.js';
import { Tracing } from '../tracing/tracing.js';
import type { AppDataSource, PoolLoad } from './app-data-source.js';
import { toDatabaseError } from './database-errors.js';
import { repeatWhileUndone } from './repeat.js';
import { endIfSpoilt, refuseSpoilt } from './spoilt-connections.js';
import type { Transactions } from './transactions.js';

/** One SQL statement with numbered placeholders (`$1`). Its name is unique in the service. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** An open transaction. */
interface Transaction {
  readonly client: Client;
  readonly manager: EntityManager;
  /** Called once it is committed. */
  readonly afterCommit: (() => void)[];
  /** Its connection may be another's by now. */
  isOver: boolean;
  /** Work within its work threw, with this: it is not committed. */
  failed?: { readonly cause: unknown };
}

/**
 * The one way to the database: TypeORM's repositories for ordinary tables, and named statements for
 * writes that must be one conditional statement and for what every request asks. Both are part of the
 * open {@link transaction}, and each of their statements has the time limit that the connection was made
 * with ({@link DatabaseSettings.statementTimeoutMs}).
 */
@Injectable()
export class Database implements Transactions {
  private readonly transactions = new AsyncLocalStorage<Transaction>();

  constructor(
    @InjectDataSource() private readonly dataSource: AppDataSource,
    private readonly tracing: Tracing,
    private readonly settings: DatabaseSettings,
  ) {}

  /** How busy the pool is now. */
  get load(): PoolLoad {
    return this.dataSource.load;
  }

  /**
   * TypeORM's repository of an entity. Ask for it each time it is used: inside {@link transaction} it is
   * a part of that, outside each call is on its own.
   */
  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    const manager = this.open?.manager ?? this.dataSource.manager;
    return manager.getRepository(entity);
  }

  /**
   * Runs a named statement, which PostgreSQL parses and plans once a connection. Outside of a transaction
   * it is run again where PostgreSQL undid it because of others at the same time, or a migration changed
   * its columns meanwhile.
   *
   * @returns the statement's rows; numbers wider than 32 bits and dates as text, instants as `Date`
   * @throws DatabaseUnavailableException when the server does not answer in time; whether a write
   *   happened is unknown then
   */
  async run<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const transaction = this.open;
    const inSpan = (ask: () => Promise<Row[]>) =>
      this.tracing.inSpan(statement.name, 'client', ask);
    if (transaction) return inSpan(() => this.ask(transaction.client, statement, values));
    return this.repeated(() =>
      inSpan(() => this.onConnection((client) => this.ask(client, statement, values))),
    );
  }

  /**
   * Runs work in one transaction: all that it asks of the database is kept, or nothing where the work
   * throws or the request's deadline has passed. Work inside work joins the outer transaction, and where
   * it throws nothing of either is kept, whether the outer work catches that or not.
   *
   * Work that PostgreSQL undid because of others at the same time is done again, from its start and
   * in a new transaction: it must touch nothing but the database.
   *
   * @throws what the work throws
   * @throws Error where the work went on after work inside it threw; a mistake of the caller
   * @throws DatabaseUnavailableException when the server does not answer in time; whether a commit
   *   that was under way happened is unknown then
   */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    const outer = this.open;
    if (outer) return joined(outer, work);
    return this.repeated(() =>
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
    if (this.open) {
      throw new Error(`${work} must not be part of a transaction`);
    }
  }

  /**
   * For work whose parts must not be kept one without the other.
   *
   * @throws Error outside of {@link transaction}; a mistake of the caller
   */
  requireTransaction(work: string): void {
    if (this.open) return;
    throw new Error(
      `${work} must be part of a transaction: do it within Transactions.transaction(), with its change`,
    );
  }

  /**
   * Does something once the transaction around it is committed, never where it is rolled back or its
   * commit's outcome is unknown; outside of one, at once. It must not throw.
   */
  afterCommit(work: () => void): void {
    const transaction = this.open;
    if (transaction) transaction.afterCommit.push(work);
    else work();
  }

  /**
   * The transaction that the caller is a part of.
   *
   * @throws Error in work that its transaction did not await, and that goes on after its end
   */
  private get open(): Transaction | undefined {
    const transaction = this.transactions.getStore();
    if (transaction?.isOver)
      throw new Error('the transaction is over: its work must await all of it');
    return transaction;
  }

  private repeated<Result>(work: () => Promise<Result>): Promise<Result> {
    return repeatWhileUndone(work, this.settings.poolSize);
  }

  private async transact<Result>(work: () => Promise<Result>): Promise<Result> {
    const afterCommit: (() => void)[] = [];
    const result = await this.onConnection(async (client, runner) => {
      refusePastDeadline();
      await runner.startTransaction();
      const transaction: Transaction = {
        client,
        manager: runner.manager,
        afterCommit,
        isOver: false,
      };
      const done = await this.transactions.run(transaction, work).finally(() => {
        transaction.isOver = true;
      });
      refuseSpoilt(client);
      refuseFailed(transaction);
      await runner.commitTransaction();
      return done;
    });
    for (const follow of afterCommit) follow();
    return result;
  }

  /**
   * Does work on a connection of its own, which goes back to the pool, with nothing left open.
   *
   * @throws the work's errors as {@link toDatabaseError} tells them
   */
  private async onConnection<Result>(
    work: (client: Client, runner: QueryRunner) => Promise<Result>,
  ): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    let client: Client | undefined;
    try {
      client = (await runner.connect()) as Client;
      return await work(client, runner);
    } catch (error) {
      if (client) await this.leave(client, runner, error);
      throw toDatabaseError(error);
    } finally {
      await runner.release();
    }
  }

  /** The server undoes what a connection has left open when it ends. */
  private async leave(client: Client, runner: QueryRunner, error: unknown): Promise<void> {
    endIfSpoilt(client, error);
    if (!runner.isTransactionActive) return;
    try {
      refuseSpoilt(client);
      await runner.rollbackTransaction();
    } catch {
      await client.end();
    }
  }

  /** @throws what spoilt the connection, where something did: nothing more is asked of it */
  private async ask<Row extends object>(
    client: Client,
    { name, text }: Statement,
    values: unknown[],
  ): Promise<Row[]> {
    refuseSpoilt(client);
    try {
      const prepared = this.settings.preparedStatements ? { name, text, values } : { text, values };
      return (await client.query<Row>(prepared)).rows;
    } catch (error) {
      endIfSpoilt(client, error);
      throw toDatabaseError(error);
    }
  }
}

/** Does work within the work of an open transaction, which is not committed where it throws. */
async function joined<Result>(outer: Transaction, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    outer.failed ??= { cause: error };
    throw error;
  }
}

/** @throws Error where work within a transaction's work threw, and the outer work caught that */
function refuseFailed({ failed }: Transaction): void {
  if (!failed) return;
  throw new Error(
    'a transaction inside this one threw, so that nothing is kept: let what it throws through, or return a result',
    failed,
  );
}
