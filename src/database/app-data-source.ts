import { DataSource, type Migration } from 'typeorm';
import type { DatabaseSettings } from '../config/database.settings.js';
import { isConnectTimeout } from './database-errors.js';
import { type Bounds, dataSourceOptions, type Schema } from './data-source-options.js';
import type { Statement } from './database.js';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';

/** Any number that is this project's own: instances that start at once migrate one after another. */
const MIGRATION_LOCK = 7_410_250_919;

/** How long the start tries to connect. */
const START_PATIENCE_MS = 15_000;

/** What TypeORM notes of a migration. */
export interface AppliedMigration {
  readonly name: string;
}

/** Every migration that the database has seen. */
export const APPLIED_MIGRATIONS: Statement = {
  name: 'migrations.applied',
  text: 'SELECT name FROM migrations',
};

/**
 * TypeORM's data source over the configured server or over the embedded one, which it opens before
 * it connects and closes after. The application and TypeORM's command line use the same one.
 */
export class AppDataSource extends DataSource {
  private readonly embedded?: EmbeddedPostgres;

  constructor(
    private readonly settings: DatabaseSettings,
    private readonly schema: Schema,
    bounds: Bounds = 'statements',
  ) {
    const embedded = settings.embedded ? new EmbeddedPostgres(settings.dataDir) : undefined;
    super(dataSourceOptions(settings, schema, embedded, bounds));
    this.embedded = embedded;
  }

  /**
   * A server that takes its time is asked again for a while: a busy machine's first answer may outlast
   * what a request would wait. One that refuses is not.
   *
   * @throws DataDirError when another process has the embedded server's folder
   */
  override async initialize(): Promise<this> {
    await this.embedded?.open();
    const deadline = Date.now() + START_PATIENCE_MS;
    for (;;) {
      try {
        return await super.initialize();
      } catch (error) {
        if (!isConnectTimeout(error) || Date.now() > deadline) throw error;
      }
    }
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    await this.embedded?.close();
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
