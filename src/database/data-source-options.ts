import { Logger } from '@nestjs/common';
import pg from 'pg';
import type { DataSourceOptions, MigrationInterface } from 'typeorm';
import type { DatabaseSettings } from '../config/database.settings.js';
import { SpoiltConnectionsSubscriber, watchConnection } from './spoilt-connections.js';
import { CommitSubscriber } from './commit.subscriber.js';
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
export type Bounds = 'statements' | 'none';

/** The longest waits, in milliseconds: for a connection, and for what is asked on it. */
export interface Limits {
  readonly connectMs: number;
  readonly statementMs: number;
}

const logger = new Logger('Database');

/** How long the one embedded connection may be waited for; requests queue for it. */
const EMBEDDED_WAIT_MS = 1_800;

/**
 * How often the server looks, while a statement runs or waits, whether who asked for it is still
 * there. Else it would go on for one who has given up.
 */
const CLIENT_CHECK_MS = 200;

/** One holds the lock, one migrates. */
const MIGRATION_CONNECTIONS = 2;

/** The client gives up this much after the server should have cancelled the statement. */
const SERVER_GRACE_MS = 150;

/** The server undoes the transaction of a process that stands still, so that others get its locks. */
export const IDLE_TRANSACTION_MS = 10_000;

/** How long `Database` waits. The embedded server cannot be interrupted, so its statements end. */
export const limitsOf = (settings: DatabaseSettings): Limits =>
  settings.embedded
    ? { connectMs: EMBEDDED_WAIT_MS, statementMs: Infinity }
    : {
        connectMs: settings.connectTimeoutMs,
        statementMs: settings.statementTimeoutMs + SERVER_GRACE_MS,
      };

/** A class of `pg`'s pools that tells of each that is made: TypeORM keeps its pool to itself. */
const toldPool = (onPool: (pool: pg.Pool) => void) =>
  class extends pg.Pool {
    constructor(config?: pg.PoolConfig) {
      super(config);
      onPool(this);
    }
  };

/**
 * TypeORM's options for the configured server or for the embedded one. `synchronize` is off
 * everywhere: migrations are the schema's only source.
 */
export function dataSourceOptions(
  settings: DatabaseSettings,
  schema: Schema,
  embedded: EmbeddedPostgres | undefined,
  bounds: Bounds,
  onPool: (pool: pg.Pool) => void = () => undefined,
): DataSourceOptions {
  const common = {
    type: 'postgres',
    ...schema,
    driver: { ...pg, Pool: toldPool(onPool) },
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
      subscribers: [CommitSubscriber],
      database: 'postgres',
      username: 'postgres',
      ssl: false,
      extra: {
        max: 1,
        connectionTimeoutMillis: limitsOf(settings).connectMs,
        stream: () => embedded.connect(),
        // The session is shared by every connection after another, so each starts it afresh.
        onConnect: async (client: pg.Client) => {
          watchConnection(client);
          await client.query('ROLLBACK');
          await client.query('DISCARD ALL');
        },
      },
    };
  }
  const { connectMs, statementMs } = limitsOf(settings);
  return {
    ...common,
    url: settings.url,
    subscribers:
      bounds === 'none' ? [UnlimitedTransactions] : [SpoiltConnectionsSubscriber, CommitSubscriber],
    extra: {
      onConnect: watchConnection,
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      ...(bounds === 'none'
        ? { max: MIGRATION_CONNECTIONS }
        : {
            max: settings.poolSize,
            statement_timeout: settings.statementTimeoutMs,
            query_timeout: statementMs,
            idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
            options: `-c client_connection_check_interval=${CLIENT_CHECK_MS}`,
          }),
    },
  };
}
