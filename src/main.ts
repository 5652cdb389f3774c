import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from './app.js';
import { SettingsError } from './config/env.js';
import { HttpSettings } from './config/http.settings.js';
import { loadSettings, processEnv } from './config/settings.js';
import { isDatabaseUnavailable } from './database/database-errors.js';
import { DataDirError } from './database/embedded/data-dir-lock.js';
import { welcome } from './welcome.js';

try {
  const app = await createApp(loadSettings(processEnv()));
  await listen(app);
  process.stdout.write(welcome(app));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

async function listen(app: NestExpressApplication): Promise<void> {
  const { host, port } = app.get(HttpSettings);
  await app.init();
  try {
    await app.listen(port, host);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`PORT or HOST cannot be used: ${reason}`);
  }
}

/** What an operator needs to read: the setting to mend, or the whole of a surprise. */
function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof DataDirError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (isDatabaseUnavailable(error)) return `DATABASE_URL cannot be reached: ${error.message}`;
  return error.stack ?? error.message;
}
