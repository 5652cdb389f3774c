// Interleaved rounds: every contestant in turn, again and again, so that what else the machine does
// falls on all of them alike.
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMs, peakMemory } from './processes.mjs';
import { median } from './service.mjs';

/** @typedef {import('./contestants.mjs').Contestant} Contestant */
/** @typedef {import('./load/answers.mjs').Route} Route */

/**
 * @typedef {object} Sample one contestant's load in one round
 * @property {number} perSecond requests
 * @property {number} p50 milliseconds
 * @property {number} p99 milliseconds
 * @property {number} ownCpu milliseconds of processor time for a request, of the contestant's process
 * @property {number} databaseCpu the same, of PostgreSQL's
 * @property {number} statements for a request, counted by PostgreSQL
 */

/**
 * @typedef {object} Result a contestant's medians
 * @property {string} name
 * @property {Sample} median
 * @property {Sample[]} samples one for each round
 * @property {number} peakMemory mebibytes, since the process's start
 */

/**
 * @typedef {object} Conditions
 * @property {import('./database.mjs').BenchServer} server
 * @property {number} rounds
 * @property {number} seconds
 * @property {number} warmUpSeconds not measured; 0 for none
 * @property {number} connections
 */

/** What is under way at the end of a load is answered within this. */
const SETTLE_MS = 300;

/**
 * @typedef {object} Entry
 * @property {Contestant} contestant
 * @property {import('./database.mjs').BenchDatabase} database that it works on
 * @property {readonly import('./users.mjs').BenchUser[]} users of that database, whom the load asks as
 */

/**
 * @param {readonly Entry[]} entries
 * @param {Route} route
 * @param {Conditions} conditions
 * @returns {Promise<Result[]>} in the order of the entries
 */
export async function measure(entries, route, conditions) {
  const { seconds, warmUpSeconds, connections, rounds } = conditions;
  const running = entries.filter(({ contestant }) => contestant.routes.includes(route));
  const load = { route, connections };
  for (const { contestant, users } of running) {
    if (warmUpSeconds > 0) await contestant.drive({ ...load, users, seconds: warmUpSeconds });
  }
  const samples = running.map(() => /** @type {Sample[]} */ ([]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, entry] of running.entries()) {
      const sample = await take(entry, { ...load, seconds }, conditions.server);
      samples[index]?.push(sample);
      process.stderr.write(
        `personal/${route} round ${round + 1}: ${entry.contestant.name} ${sample.perSecond.toFixed(0)}/s\n`,
      );
    }
  }
  return running.map(({ contestant }, index) => ({
    name: contestant.name,
    median: medianOf(samples[index] ?? []),
    samples: samples[index] ?? [],
    peakMemory: peakMemory(contestant.pid),
  }));
}

/**
 * @param {Entry} entry
 * @param {Omit<import('./contestants.mjs').ContestLoad, 'users'>} load
 * @param {import('./database.mjs').BenchServer} server
 * @returns {Promise<Sample>}
 */
async function take({ contestant, database, users }, load, server) {
  await database.forgetStatements();
  const before = { own: cpuMs([contestant.pid]), database: server.cpuMs() };
  const { requests, seconds, p50, p99 } = await contestant.drive({ ...load, users });
  await sleep(SETTLE_MS);
  const own = cpuMs([contestant.pid]) - before.own;
  const databaseCpu = server.cpuMs() - before.database;
  const statements = await database.statements();
  const calls = statements.reduce((total, one) => total + one.calls, 0);
  return {
    perSecond: requests / seconds,
    p50,
    p99,
    ownCpu: own / requests,
    databaseCpu: databaseCpu / requests,
    statements: calls / requests,
  };
}

/** @param {readonly Sample[]} samples @returns {Sample} */
function medianOf(samples) {
  const of = (/** @type {keyof Sample} */ key) => median(samples.map((sample) => sample[key]));
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    ownCpu: of('ownCpu'),
    databaseCpu: of('databaseCpu'),
    statements: of('statements'),
  };
}

/**
 * How often one contestant has another's figure: the median of what it is in each round.
 *
 * @param {Result} one
 * @param {Result} other
 * @param {(sample: Sample) => number} [figure]
 */
export function ratio(one, other, figure = (sample) => sample.perSecond) {
  const of = (/** @type {Sample | undefined} */ sample) => (sample ? figure(sample) : NaN);
  return median(one.samples.map((sample, round) => figure(sample) / of(other.samples[round])));
}
