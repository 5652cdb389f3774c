// How long the service takes from the start of its process until it is ready, on a database that has
// its tables and users.
import { startProductionService } from './support/contestants.mjs';
import { verdict } from './support/goals.mjs';
import { peakMemory } from './support/processes.mjs';
import { median } from './support/service.mjs';
import { loadUsers } from './support/users.mjs';

const USERS = 10_000;
const MOST_MS = 1_500;

/**
 * @param {import('./support/database.mjs').BenchServer} server
 * @param {import('./support/options.mjs').BenchOptions} options
 */
export async function start(server, { users = USERS, rounds }) {
  const database = await server.create('started');
  await loadUsers(database, users);
  const started = async () => {
    const { process: running } = await startProductionService(database.url);
    const sample = { readyMs: running.readyMs, memory: peakMemory(running.pid) };
    await running.stop();
    return sample;
  };
  // The first start of all loads the regions.
  await started();
  const samples = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await started());
  const times = samples.map(({ readyMs }) => readyMs);
  const memory = median(samples.map((sample) => sample.memory)).toFixed(0);
  const goal = /** @type {const} */ ({
    text: 'milliseconds from start to ready',
    value: median(times),
    limit: MOST_MS,
    kind: 'most',
  });
  process.stdout.write(
    `ready after ms: ${times.map((ms) => ms.toFixed(0)).join(', ')}; memory ${memory} MB\n${verdict(goal)}\n`,
  );
}
