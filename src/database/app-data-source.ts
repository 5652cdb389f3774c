import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, type EntityManager, type Migration, type QueryRunner } from 'typeorm';
import { SettingsError } from '../config/env.js';
import type { DatabaseSettings } from '../config/database.settings.js';
import { isConnectTimeout } from './database-errors.js';
import {
  type Bounds,
  dataSourceOptions,
  IDLE_TRANSACTION_MS,
  type Schema,
} from './data-source-options.js';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';

/** Any number that is this project's own: instances that start at once migrate one after another. */
const MIGRATION_LOCK = 7_410_250_919;

/** How long the start tries to connect. */
const START_PATIENCE_MS = 15_000;

/** Between two looks at whether another process has migrated. */
const MIGRATION_POLL_MS = 1_000;

/** The pool's connections: open ones, those of them that are free, and callers that wait for one. */
export interface PoolLoad {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/** What TypeORM notes of a migration. */
export interface AppliedMigration {
  readonly name: string;
}

/** The statement that lists every migration that the database has seen. */
export const APPLIED_MIGRATIONS = {
  name: 'migrations.applied',
  text: 'SELECT name FROM migrations',
} as const;

/** An event that is published in a savepoint or on another connection would outlive its rollback. */
const refuseTransaction = () =>
  Promise.reject(
    new Error(
      'events and named statements are no part of this transaction: use Database.transaction()',
    ),
  );

/**
 * TypeORM's data source over the configured server or over the embedded one, which it opens before
 * it connects and closes after. The application and TypeORM's command line use the same one.
 */
export class AppDataSource extends DataSource {
  private readonly embedded?: EmbeddedPostgres;
  private readonly log = new Logger(AppDataSource.name);
  private pool?: Pool;

  constructor(
    private readonly settings: DatabaseSettings,
    private readonly schema: Schema,
    private readonly bounds: Bounds = 'statements',
  ) {
    const embedded = settings.embedded ? new EmbeddedPostgres(settings.dataDir) : undefined;
    super(dataSourceOptions(settings, schema, embedded, bounds, (pool) => (this.pool = pool)));
    this.embedded = embedded;
  }

  /** How busy the pool is now. Zeros before there is one. */
  get load(): PoolLoad {
    const {
      totalCount: total = 0,
      idleCount: idle = 0,
      waitingCount: waiting = 0,
    } = this.pool ?? {};
    return { total, idle, waiting };
  }

  /**
   * A server that takes its time is asked again for a while: a busy machine's first answer may outlast
   * what a request would wait. One that refuses is not.
   *
   * @throws DataDirError when another process has the embedded server's folder
   * @throws SettingsError when the server does not keep to the time limits
   */
  override async initialize(): Promise<this> {
    await this.embedded?.open();
    const deadline = Date.now() + START_PATIENCE_MS;
    for (;;) {
      try {
        await super.initialize();
        break;
      } catch (error) {
        if (!isConnectTimeout(error) || Date.now() > deadline) throw error;
      }
    }
    if (this.embedded || this.bounds === 'none') return this;
    try {
      await this.requireLimits();
    } catch (error) {
      await this.destroy();
      throw error;
    }
    return this;
  }

  override createEntityManager(runner?: QueryRunner): EntityManager {
    return Object.assign(super.createEntityManager(runner), { transaction: refuseTransaction });
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    await this.embedded?.close();
  }

  /** A pooler may drop the limits that a connection asks for; then nothing would end a statement. */
  private async requireLimits(): Promise<void> {
    const rows = await this.query<{ name: string; ms: number }[]>(
      `SELECT name, setting::integer AS ms FROM pg_settings WHERE name LIKE '%\\_timeout'`,
    );
    const inForce = new Map(rows.map(({ name, ms }) => [name, ms]));
    const sentences = Object.entries({
      statement_timeout: this.settings.statementTimeoutMs,
      idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    }).flatMap(([name, most]) => {
      const ms = inForce.get(name) ?? 0;
      const holds = ms > 0 && ms <= most;
      return holds ? [] : [`the server's ${name} is ${ms} ms, and has to be 1 to ${most}`];
    });
    if (sentences.length === 0) return;
    throw new SettingsError(
      `DATABASE_URL leads past the time limits: ${sentences.join('; ')}. ` +
        'A pooler has to set them, see docs/operations.md',
    );
  }

  /** The migrations of this build that the database has not seen, oldest first. */
  async pendingMigrations(): Promise<string[]> {
    const [table] = await this.query<{ found: boolean }[]>(
      `SELECT to_regclass('migrations') IS NOT NULL AS found`,
    );
    return this.migrationsWithout(
      table?.found ? await this.query<AppliedMigration[]>(APPLIED_MIGRATIONS.text) : [],
    );
  }

  /** The migrations of this build that are not among the applied ones, oldest first. */
  migrationsWithout(applied: readonly AppliedMigration[]): string[] {
    const names = new Set(applied.map((row) => row.name));
    // As TypeORM names them: a class without a name of its own goes by the class's.
    return this.migrations
      .map((one) => one.name ?? one.constructor.name)
      .filter((name) => !names.has(name));
  }

  /** Applies what is pending, if anything is. */
  async migrate(): Promise<void> {
    if ((await this.pendingMigrations()).length > 0) await this.runMigrations();
  }

  /** Waits until another process has applied what is pending. */
  async untilMigrated(): Promise<void> {
    for (let pending = await this.pendingMigrations(); pending.length > 0;) {
      this.log.warn({ msg: 'the start waits for migrations', pending: pending.length });
      await sleep(MIGRATION_POLL_MS);
      pending = await this.pendingMigrations();
    }
  }

  /**
   * Applies what is pending, each migration in its own transaction. On a server, processes that
   * migrate at the same time wait for each other, on connections of their own: a migration may run
   * longer than a request's statement.
   */
  override async runMigrations(): Promise<Migration[]> {
    if (this.embedded) return super.runMigrations({ transaction: 'each' });
    const unlimited = new DataSource(
      dataSourceOptions(this.settings, this.schema, undefined, 'none'),
    );
    await unlimited.initialize();
    try {
      return await unlimited.transaction(async (manager) => {
        await manager.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
        return unlimited.runMigrations({ transaction: 'each' });
      });
    } finally {
      await unlimited.destroy();
    }
  }
}
