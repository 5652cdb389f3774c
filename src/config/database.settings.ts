import { resolve } from 'node:path';
import { IsBoolean, IsInt, IsNotEmpty, Max, Min, ValidateBy, ValidateIf } from 'class-validator';
import { FromEnv, parseBoolean, parseInteger } from './env.js';

/**
 * Which PostgreSQL is used and how long it may take. By default all that a request asks of it takes
 * less than two seconds, and a statement may take longer than the second after which PostgreSQL looks
 * for deadlocks (its `deadlock_timeout`).
 */
export class DatabaseSettings {
  @FromEnv('DATABASE_URL', 'a postgres:// or postgresql:// URL that names a database')
  @ValidateIf((settings: DatabaseSettings) => settings.url !== undefined)
  @ValidateBy({ name: 'databaseUrl', validator: { validate: isDatabaseUrl } })
  readonly url?: string;

  @FromEnv('DATA_DIR', 'a folder', (text) => resolve(text))
  @IsNotEmpty()
  readonly dataDir: string = resolve('.data');

  @FromEnv('DATABASE_POOL_SIZE', 'a number of connections from 1 to 200', parseInteger)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly poolSize: number = 10;

  /** Milliseconds to wait for a free or a new connection. */
  @FromEnv('DATABASE_CONNECT_TIMEOUT_MS', 'milliseconds from 100 to 60000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly connectTimeoutMs: number = 600;

  /** Milliseconds one statement may run; the server cancels it then. */
  @FromEnv('DATABASE_STATEMENT_TIMEOUT_MS', 'milliseconds from 100 to 600000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly statementTimeoutMs: number = 1_100;

  /** Milliseconds from an action's begin to its answer, which is -503 then; see `@TimeLimit`. */
  @FromEnv('DATABASE_REQUEST_TIMEOUT_MS', 'milliseconds from 100 to 600000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly requestTimeoutMs: number = 1_800;

  /** Whether statements are prepared by name, which a pooler between here and the server has to know of. */
  @FromEnv('DATABASE_PREPARED_STATEMENTS', 'true or false', parseBoolean)
  @IsBoolean()
  readonly preparedStatements: boolean = true;

  /** Whether the start applies pending migrations; else it waits until another process has. */
  @FromEnv('DATABASE_MIGRATE_AT_START', 'true or false', parseBoolean)
  @IsBoolean()
  readonly migrateAtStart: boolean = true;

  /** No server is configured: PostgreSQL runs inside this process, its files under `dataDir`. */
  get embedded(): boolean {
    return this.url === undefined;
  }
}

/** Read as `pg` reads it: a URL whose parts are percent-encoded, with a database's name. */
function isDatabaseUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !/^postgres(ql)?:\/\/\S+$/.test(value)) return false;
  try {
    const { username, password, pathname, hash } = new URL(value);
    [username, password, pathname].forEach(decodeURIComponent);
    return /^\/[^/]+$/.test(pathname) && hash === '';
  } catch {
    return false;
  }
}
