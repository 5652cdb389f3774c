// What `npm run bench` runs.
import { build } from '../scripts/build.mjs';
import { compare } from './compare.mjs';
import { growth } from './growth.mjs';
import { smoke } from './smoke.mjs';
import { start } from './start.mjs';
import { startServer } from './support/database.mjs';
import { readOptions, USAGE } from './support/options.mjs';
import { stopProcesses } from './support/processes.mjs';

/** @returns {import('./support/options.mjs').BenchOptions} */
function optionsOrExit() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

const MODES = { compare, growth, start, smoke };

const options = optionsOrExit();
build();
const server = await startServer();
try {
  await MODES[options.mode](server, options);
} finally {
  await stopProcesses();
  await server.stop();
}
