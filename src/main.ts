import 'reflect-metadata';
import { processEnv } from './config/settings.js';
import { explain, start } from './start.js';
import { welcome } from './welcome.js';

try {
  process.stdout.write(welcome(await start(processEnv())));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
