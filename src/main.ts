import 'reflect-metadata';
import { createApp } from './app.js';
import { SettingsError } from './config/env.js';
import { loadSettings, processEnv } from './config/settings.js';
import { HttpSettings } from './config/http.settings.js';
import { DataDirInUseError } from './database/embedded/data-dir-lock.js';
import { isDatabaseUnavailable } from './database/database-errors.js';
import { welcome } from './welcome.js';

try {
  const app = await createApp(loadSettings(processEnv()));
  const { host, port } = app.get(HttpSettings);
  await app.listen(port, host);
  process.stdout.write(welcome(app));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** What an operator needs to read: the setting to mend, or the whole of a surprise. */
function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof DataDirInUseError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL' || code === 'EACCES') {
    return `PORT or HOST cannot be used: ${error.message}`;
  }
  if (isDatabaseUnavailable(error)) return `DATABASE_URL cannot be reached: ${error.message}`;
  return error.stack ?? error.message;
}
