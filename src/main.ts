import 'reflect-metadata';
import { loadSettings, processEnv } from './config/settings.js';
import { outliveStandardStreams } from './logging/logger.js';
import { explain, start } from './start.js';
import { welcome } from './welcome.js';

outliveStandardStreams();
try {
  process.stdout.write(welcome(await start(loadSettings(processEnv()))));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
