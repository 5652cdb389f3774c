// What `npm run cli` runs: builds if needed, then the command, in this very process.
import { build } from './build.mjs';

build();
await import('../dist/src/cli.js');
