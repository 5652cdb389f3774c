import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { DataSourceOptions, MigrationInterface } from 'typeorm';
import type { DatabaseSettings } from '../config/database.settings.js';
import { UnlimitedTransactions } from './unlimited-transactions.js';
import type { EmbeddedPostgres } from './embedded/embedded-postgres.js';

// A calendar date has no zone: "2022-11-19" stays text instead of becoming a local midnight.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** The tables as the code knows them, and the steps that make them. */
export interface Schema {
  readonly entities: (new () => object)[];
  readonly migrations: (new () => MigrationInterface)[];
}

/** Whether statements are bounded by the configured time; migrations are not. */
export type Limits = 'statements' | 'none';

const logger = new Logger('Database');

/** How long the one embedded connection may be waited for; requests queue for it. */
const EMBEDDED_WAIT_MS = 1_800;

/** One holds the lock, one migrates. */
const MIGRATION_CONNECTIONS = 2;

/** The client gives up this much after the server should have cancelled the statement. */
const SERVER_GRACE_MS = 150;

/** The server undoes the transaction of a process that stands still, so that others get its locks. */
export const IDLE_TRANSACTION_MS = 10_000;

/**
 * TypeORM's options for the configured server or for the embedded one. `synchronize` is off
 * everywhere: migrations are the schema's only source.
 */
export function dataSourceOptions(
  settings: DatabaseSettings,
  schema: Schema,
  embedded: EmbeddedPostgres | undefined,
  limits: Limits,
): DataSourceOptions {
  const common = {
    type: 'postgres',
    ...schema,
    migrationsTableName: 'migrations',
    synchronize: false,
    installExtensions: false,
    logging: false,
    // An idle connection was lost: the pool makes a new one when it needs one.
    poolErrorHandler: (error: unknown) => {
      logger.warn({ msg: 'a database connection was lost', err: error });
    },
    applicationName: 'nest-shopxo',
  } as const satisfies DataSourceOptions;
  if (embedded) {
    return {
      ...common,
      database: 'postgres',
      username: 'postgres',
      ssl: false,
      extra: {
        max: 1,
        connectionTimeoutMillis: EMBEDDED_WAIT_MS,
        stream: () => embedded.connect(),
        // The session is shared by every connection after another, so each starts it afresh.
        onConnect: (client: pg.Client) =>
          client.query('ROLLBACK').then(() => client.query('DISCARD ALL')),
      },
    };
  }
  return {
    ...common,
    url: settings.url,
    ...(limits === 'none' && { subscribers: [UnlimitedTransactions] }),
    extra: {
      connectionTimeoutMillis: settings.connectTimeoutMs,
      keepAlive: true,
      ...(limits === 'none'
        ? { max: MIGRATION_CONNECTIONS }
        : {
            max: settings.poolSize,
            statement_timeout: settings.statementTimeoutMs,
            query_timeout: settings.statementTimeoutMs + SERVER_GRACE_MS,
            idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
          }),
    },
  };
}
