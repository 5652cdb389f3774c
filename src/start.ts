import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from './app.js';
import { SettingsError } from './config/env.js';
import { HttpSettings } from './config/http.settings.js';
import type { Settings } from './config/settings.js';
import { isDatabaseUnavailable } from './database/database-errors.js';
import { DataDirError } from './database/embedded/data-dir-lock.js';

/**
 * Starts the service. Whatever it throws, {@link explain} says for an operator, and nothing goes on.
 *
 * @returns the application, which listens
 * @throws SettingsError for an address that cannot be used
 */
export async function start(settings: Settings): Promise<NestExpressApplication> {
  const app = await createApp(settings);
  try {
    await app.init();
    await listen(app);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function listen(app: NestExpressApplication): Promise<void> {
  const { host, port } = app.get(HttpSettings);
  try {
    await app.listen(port, host);
  } catch (error) {
    throw new SettingsError(`PORT or HOST cannot be used: ${reasonOf(error)}`);
  }
}

/** What an operator needs to read: the setting to mend, or the whole of a surprise. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof DataDirError) return error.message;
  if (isDatabaseUnavailable(error)) return `DATABASE_URL cannot be reached: ${reasonOf(error)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
