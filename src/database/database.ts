import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { DataSource } from 'typeorm';
import { DatabaseSettings } from '../config/database.settings.js';
import { Tracing } from '../tracing/tracing.js';
import { type Limits, limitsOf } from './data-source-options.js';
import { spoilsConnection } from './database-errors.js';
import { PreparedQueries, type PreparedValue } from './prepared-query.js';
import { repeatWhileUndone } from './repeat.js';
import { Scopes } from './scopes.js';
import { TimeBudget } from './time-budget.js';
import { answered, giveBack, ignore, spending, timeLeft, within } from './waits.js';

/** One SQL statement with numbered placeholders (`$1`). Its name is unique in the service. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /**
   * Of those that come most often. A request that asks for at most two of them needs no scope, which
   * costs each of its promises something: outside of one, each has half of a request's time. What they
   * are given is text, numbers and bytes.
   */
  readonly isHot?: true;
}

/** The pool's connections: open ones, those of them that are free, and callers that wait for one. */
export interface PoolLoad {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/** What work is a part of. */
interface Scope {
  /** Of the request. */
  readonly budget?: TimeBudget;
  /** The transaction's connection. */
  readonly client?: PoolClient;
  /** What is to follow the transaction's commit. */
  readonly afterCommit?: (() => void)[];
}

const OUTSIDE: Scope = {};

const NO_POOL = { totalCount: 0, idleCount: 0, waitingCount: 0 };

const BEGIN = { text: 'BEGIN' };
const COMMIT = { text: 'COMMIT' };
const ROLLBACK = { text: 'ROLLBACK' };

/**
 * Runs named statements on TypeORM's own pool. PostgreSQL parses and plans each once for a
 * connection, which makes the statements of every request cheaper than TypeORM's query builder.
 *
 * Every wait has a limit, for a connection and for a statement. In a request, all of them together
 * have {@link DatabaseSettings.requestTimeoutMs}, and each gets what is left of it.
 */
@Injectable()
export class Database {
  private readonly scopes = new Scopes<Scope>(OUTSIDE);
  private readonly prepared = new PreparedQueries();
  /**
   * Connections that are of no use any more, and why: one that did not answer would give the next to ask
   * the answer to what was asked before, and one whose statements are stale would fail again.
   */
  private readonly spoilt = new WeakMap<PoolClient, Error>();
  private readonly limits: Limits;

  constructor(
    private readonly dataSource: DataSource,
    private readonly tracing: Tracing,
    private readonly settings: DatabaseSettings,
  ) {
    this.limits = limitsOf(settings);
  }

  /** How busy the pool is now. It is gone once the service has stopped, when figures may still be read. */
  get load(): PoolLoad {
    const pool = this.pool as Pool | undefined;
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = pool ?? NO_POOL;
    return { total, idle, waiting };
  }

  /**
   * Does a request's work, and bounds the time that it may wait for the database.
   *
   * @param isOver whether the request has its answer; what goes on then is not bounded by it
   */
  inRequest<Result>(isOver: () => boolean, work: () => Promise<Result>): Promise<Result> {
    const budget = new TimeBudget(this.settings.requestTimeoutMs, isOver);
    return this.scopes.run({ budget }, work);
  }

  /**
   * Does work that must not be left undone because the time of the request is used up. No one may
   * wait for it whose time that is.
   */
  outsideRequest<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.scopes.run(OUTSIDE, work);
  }

  /**
   * Inside {@link transaction}, a part of it. Outside, a statement that PostgreSQL undid because of
   * others at the same time is run again, as is one whose columns a migration changed meanwhile.
   *
   * @returns the statement's rows; numbers wider than 32 bits and dates as text, instants as `Date`
   * @throws DatabaseUnavailableException when the server does not answer in time; whether a write
   *   happened is unknown then
   */
  async run<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const { client, budget = this.shareOf(statement) } = this.scope;
    const inSpan = (ask: () => Promise<Row[]>) =>
      this.tracing.inSpan(statement.name, 'client', ask);
    if (client) return inSpan(() => this.rowsOf<Row>(client, statement, values, budget));
    return spending(budget, () =>
      this.repeated(() => inSpan(() => this.askOnce<Row>(statement, values, budget))),
    );
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
    const { budget, client } = this.scope;
    if (client) return work();
    return spending(budget, () =>
      this.repeated(() =>
        this.tracing.inSpan('transaction', 'internal', () => this.transact(work, budget)),
      ),
    );
  }

  /**
   * For work whose result has to last although its caller fails, such as a counted try: inside a
   * transaction it would be rolled back with it.
   *
   * @throws Error inside {@link transaction}; a mistake of the caller
   */
  refuseTransaction(work: string): void {
    if (this.scope.client) throw new Error(`${work} must not be part of a transaction`);
  }

  /**
   * For work whose parts must not be kept one without the other.
   *
   * @throws Error outside of {@link transaction}; a mistake of the caller
   */
  requireTransaction(work: string): void {
    if (!this.scope.client) throw new Error(`${work} must be part of a transaction`);
  }

  /**
   * Does something once the transaction around it is committed, never where it is rolled back or its
   * commit's outcome is unknown; outside of one, at once. It must not throw.
   */
  afterCommit(work: () => void): void {
    const { afterCommit } = this.scope;
    if (afterCommit) afterCommit.push(work);
    else work();
  }

  private get scope(): Scope {
    return this.scopes.current;
  }

  private repeated<Result>(work: () => Promise<Result>): Promise<Result> {
    return repeatWhileUndone(work, this.settings.poolSize);
  }

  private shareOf({ isHot }: Statement): TimeBudget | undefined {
    return isHot ? new TimeBudget(this.settings.requestTimeoutMs / 2, () => false) : undefined;
  }

  private async transact<Result>(
    work: () => Promise<Result>,
    budget?: TimeBudget,
  ): Promise<Result> {
    const afterCommit: (() => void)[] = [];
    const result = await this.commit(work, afterCommit, budget);
    for (const follow of afterCommit) follow();
    return result;
  }

  private async commit<Result>(
    work: () => Promise<Result>,
    afterCommit: (() => void)[],
    budget?: TimeBudget,
  ): Promise<Result> {
    const client = await this.connect(budget);
    try {
      await this.ask(client, BEGIN, budget);
      const result = await this.scopes.run({ budget, client, afterCommit }, work);
      const { command } = await this.ask(client, COMMIT, budget);
      // PostgreSQL answers so when a statement failed and the work went on regardless.
      if (command !== 'COMMIT')
        throw new Error('a transaction was rolled back instead of committed');
      giveBack(client);
      return result;
    } catch (error) {
      await this.rollBack(client, budget);
      throw error;
    }
  }

  /**
   * Gives the connection back. One that is spoilt, or cannot even roll back in time, is thrown away: the
   * server undoes what a connection has left open when it ends.
   */
  private async rollBack(client: PoolClient, budget?: TimeBudget): Promise<void> {
    try {
      await this.ask(client, ROLLBACK, budget);
      giveBack(client);
    } catch (error) {
      giveBack(client, error instanceof Error ? error : true);
    }
  }

  /**
   * On a connection of its own. That is given back after a statement's ordinary failure, such as a
   * violated constraint, and thrown away only where it is spoilt.
   */
  private async askOnce<Row extends object>(
    statement: Statement,
    values: unknown[],
    budget?: TimeBudget,
  ): Promise<Row[]> {
    const client = await this.connect(budget);
    try {
      const rows = await this.rowsOf<Row>(client, statement, values, budget);
      giveBack(client);
      return rows;
    } catch (error) {
      giveBack(client, this.spoilt.get(client));
      throw error;
    }
  }

  private async rowsOf<Row extends object>(
    client: PoolClient,
    statement: Statement,
    values: unknown[],
    budget?: TimeBudget,
  ): Promise<Row[]> {
    const { name, text, isHot } = statement;
    if (isHot && this.settings.preparedStatements) {
      const limit = this.limitOf(budget);
      const { rows } = await this.answerOf(client, () =>
        this.prepared.run<Row>(client, statement, values as PreparedValue[], limit),
      );
      return rows;
    }
    const query = this.settings.preparedStatements ? { name, text, values } : { text, values };
    const { rows } = await this.ask<Row>(client, query, budget);
    return rows;
  }

  /** Milliseconds that a statement may take now. */
  private limitOf(budget?: TimeBudget): number {
    return Math.min(this.limits.statementMs, timeLeft(budget));
  }

  /** A query that is not answered in time is over for the client only: throw its connection away. */
  private ask<Row extends object>(
    client: PoolClient,
    query: QueryConfig,
    budget?: TimeBudget,
  ): Promise<QueryResult<Row>> {
    const limit = this.limitOf(budget);
    const limited: TimedQuery =
      limit === Infinity ? query : { ...query, query_timeout: Math.ceil(limit) };
    return this.answerOf(client, () => client.query<Row>(limited));
  }

  /** @throws Error for good, once the connection is spoilt */
  private async answerOf<Result>(client: PoolClient, ask: () => Promise<Result>): Promise<Result> {
    const reason = this.spoilt.get(client);
    if (reason) throw reason;
    try {
      return await answered(ask());
    } catch (error) {
      if (spoilsConnection(error)) this.spoilt.set(client, error);
      throw error;
    }
  }

  private async connect(budget?: TimeBudget): Promise<PoolClient> {
    const left = timeLeft(budget);
    const connecting = this.pool.connect();
    const client = await answered(
      left < this.limits.connectMs ? within(left, connecting) : connecting,
    );
    // The pool listens to idle connections only, and an error that nobody hears ends the process.
    // What uses the connection, now or next, fails with it.
    client.on('error', ignore);
    return client;
  }

  /** TypeORM keeps its pool in the driver, typed only on the driver class that it does not export. */
  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }
}

/** `pg` knows a limit for a single query, its types do not. */
type TimedQuery = QueryConfig & { readonly query_timeout?: number };
