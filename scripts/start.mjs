// What `npm start` runs: builds if needed, then starts the service in this very process.
//
// `exec` in package.json makes this process npm's own child: npm's shell would not pass a signal on to
// it. Windows has no `exec`, and runs what stands after `||`.
import { build } from './build.mjs';

const PARENT_CHECK_MS = 1_000;

/** Stops the service when npm is gone: one that is killed passes no signal on. */
function stopWithNpm() {
  const npm = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS).unref();
}

if (process.env.npm_lifecycle_event === 'start') stopWithNpm();
build();
await import('../dist/src/main.js');
