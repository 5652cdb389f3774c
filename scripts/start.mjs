// What `npm start` runs: builds if needed, then starts the service in this very process.
import { build } from './build.mjs';

build();
await import('../dist/src/main.js');
