// What `npm run bench` runs.
import { build } from '../scripts/build.mjs';
import { compare } from './compare.mjs';
import { readOptions, USAGE } from './support/options.mjs';

/** @returns {import('./support/options.mjs').BenchOptions} */
function optionsOrExit() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

const options = optionsOrExit();
build();
await compare(options);
