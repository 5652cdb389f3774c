import { existsSync } from 'node:fs';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseSettings } from '../config/database.settings.js';
import { loadSettings, pickSettings, processEnv, type Settings } from '../config/settings.js';
import { AppDataSource } from '../database/app-data-source.js';
import { DataDirError } from '../database/embedded/data-dir-lock.js';
import { createCommandLogger, NestLogger } from '../logging/logger.js';
import { REDIS } from '../redis/redis.module.js';
import type { RedisConnection } from '../redis/redis-connection.js';
import { schema } from '../schema.js';
import { CliModule } from './cli.module.js';
import { CommandFailure, ExitCode } from './exit-code.js';

/**
 * Does a command's work with the application's services, on the database of the settings, and closes both.
 *
 * @throws CommandFailure the database has not every migration, or belongs to the running service
 * @throws SettingsError, and what the work throws
 */
export async function withServices<Result>(
  work: (services: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const settings = loadSettings(processEnv());
  const logger = new NestLogger(createCommandLogger());
  Logger.overrideLogger(logger);
  const dataSource = await openDatabase(pickSettings(settings, DatabaseSettings));
  const services = await startServices(settings, dataSource, logger);
  try {
    return await work(services);
  } finally {
    await services.close();
  }
}

async function startServices(
  settings: Settings,
  dataSource: AppDataSource,
  logger: NestLogger,
): Promise<INestApplicationContext> {
  try {
    await refusePending(dataSource);
    const module = CliModule.forRoot(settings, dataSource);
    return await NestFactory.createApplicationContext(module, { logger, abortOnError: false });
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}

/** Opens the database, but makes none: that is for the service. */
async function openDatabase(settings: DatabaseSettings): Promise<AppDataSource> {
  const { embedded, dataDir } = settings;
  if (embedded && !existsSync(dataDir)) {
    throw new CommandFailure(
      ExitCode.failed,
      `There is no database: DATABASE_URL is not set, and DATA_DIR ${dataDir} does not exist.`,
    );
  }
  const dataSource = new AppDataSource(settings, schema);
  try {
    return await dataSource.initialize();
  } catch (error) {
    if (!(error instanceof DataDirError)) throw error;
    throw new CommandFailure(
      ExitCode.failed,
      `${error.message}\nAn embedded database belongs to one process: stop the service, give the ` +
        'command, and start it again. With DATABASE_URL commands work beside it.',
    );
  }
}

/** What to do where migrations are to be applied. */
export const MIGRATION_REMEDY =
  'Start the service of this version once, or run npm run migration:run.';

async function refusePending(dataSource: AppDataSource): Promise<void> {
  const pending = await dataSource.pendingMigrations();
  if (pending.length === 0) return;
  throw new CommandFailure(
    ExitCode.failed,
    `The database lacks ${pending.length} migrations of this version, ${pending[0] ?? ''} first. ` +
      MIGRATION_REMEDY,
  );
}

/**
 * For commands that change what is counted in Redis, where the service has one: without it they would change
 * what stands in for it only.
 *
 * @throws CommandFailure it is away
 */
export function requireRedis(services: INestApplicationContext): void {
  const redis = services.get<RedisConnection | undefined>(REDIS);
  if (!redis || redis.answers) return;
  throw new CommandFailure(
    ExitCode.failed,
    'Redis does not answer, and wrong passwords and codes are counted there. Nothing was done.',
  );
}
