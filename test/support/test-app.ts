import { globalAgent } from 'node:http';
import { Logger, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { loadSettings, settingNames } from '../../src/config/settings.js';
import { keptForFailures } from './logged-errors.js';
import { freshDatabase } from './test-database.js';

/** The application in this process, over HTTP, on a database of its own. */
export interface TestApp {
  readonly app: NestExpressApplication;
  /** Connections of the test's own to the same database. */
  readonly db: pg.Pool;
  /** Sends requests to the application. */
  readonly http: ReturnType<typeof supertest>;
  /** The URL of that database, for a second application on it. */
  readonly databaseUrl: string;
  /** Where the application listens, without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** A database's settings: by way of the run's PgBouncer where it has one. */
function throughPooler(databaseUrl: string): Record<string, string> {
  const pooler = process.env.NEST_SHOPXO_TEST_POOLER;
  if (pooler === undefined) return { DATABASE_URL: databaseUrl };
  const url = new URL(databaseUrl);
  url.host = pooler;
  return { DATABASE_URL: url.href, DATABASE_PREPARED_STATEMENTS: 'false' };
}

/** What avatar URLs begin with in tests, unless a test sets another. */
export const PUBLIC_URL = 'http://shop.test';

const limits = (value: string): Record<string, string> =>
  Object.fromEntries(
    settingNames()
      .filter((name) => name.startsWith('RATE_LIMIT_'))
      .map((name) => [name, value]),
  );

/** Tests send more than any user, unless they are about just that. */
export const NO_LIMITS = limits('0');

/** The limits that the service has without settings. */
export const DEFAULT_LIMITS = limits('');

/**
 * Starts the application. It logs nothing, and what it would have logged of errors is shown with the
 * test that fails.
 *
 * @param env settings that differ from the tests' own
 * @param modules more than the application has
 */
export async function startTestApp(
  env: Record<string, string> = {},
  modules: Type[] = [],
): Promise<TestApp> {
  const databaseUrl = env.DATABASE_URL ?? (await freshDatabase());
  const settings = loadSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PUBLIC_URL,
    DATABASE_URL: databaseUrl,
    // A shared machine may stall; tests of the limits set their own.
    DATABASE_CONNECT_TIMEOUT_MS: '10000',
    DATABASE_STATEMENT_TIMEOUT_MS: '10000',
    DATABASE_REQUEST_TIMEOUT_MS: '10000',
    // Events are delivered at once; a test that needs a poll makes it.
    EVENT_POLL_MS: '3600000',
    // Tests read codes from the last mail; those of notices switch them on.
    SECURITY_NOTICES: 'off',
    ...NO_LIMITS,
    ...env,
    ...throughPooler(databaseUrl),
  });
  const app = await createApp(settings, modules);
  if (env.LOG_LEVEL === undefined) Logger.overrideLogger(keptForFailures());
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace(/\/$/, '');
  const db = new pg.Pool({ connectionString: databaseUrl, max: 5 });
  return {
    app,
    db,
    databaseUrl,
    url,
    http: supertest(url),
    close: async () => {
      leaveKeptConnections();
      await app.close();
      await db.end();
    },
  };
}

/** Stopping waits a moment for what may be on its way on connections that clients keep. */
function leaveKeptConnections(): void {
  for (const socket of Object.values(globalAgent.freeSockets).flat()) socket?.destroy();
}
