// How long the service takes from the start of its process until it is ready, on a database that has
// its tables and users.
import { startServiceContestant } from './support/contestants.mjs';
import { MOST_START_MS, verdict } from './support/goals.mjs';
import { GENERATORS } from './support/load/load.mjs';
import { measureStarts } from './support/starts.mjs';
import { loadUsers } from './support/users.mjs';

const USERS = 10_000;

/**
 * @param {import('./support/database.mjs').BenchServer} server
 * @param {import('./support/options.mjs').BenchOptions} options
 */
export async function start(server, { users = USERS, rounds, generator }) {
  const database = await server.create('started');
  await loadUsers(database, users);
  const begin = () => startServiceContestant(database.url, GENERATORS[generator]);
  const [started] = await measureStarts([begin], rounds);
  if (!started) throw new Error('nothing was started');
  const { median, samples } = started;
  const goal = /** @type {const} */ ({
    text: 'milliseconds from start to ready',
    value: median.readyMs,
    limit: MOST_START_MS,
    kind: 'most',
  });
  process.stdout.write(
    `ready after ms: ${samples.map(({ readyMs }) => readyMs.toFixed(0)).join(', ')}; ` +
      `processor time ${median.cpuMs.toFixed(0)} ms; memory ${median.memory.toFixed(0)} MB\n${verdict(goal)}\n`,
  );
}
