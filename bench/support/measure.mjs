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
 * @property {number} walBytes that they wrote to its write-ahead log, for a request
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
 * @property {number} warmUp requests before anything is measured
 * @property {number} connections
 */

/** On a machine that is too busy for it, a contestant stays colder than it should be. */
const MOST_WARM_UPS = 10;

const WARM_UP_SECONDS = 2;

/** A contestant is done with a load when its statements have not become more for so long. */
const QUIET_MS = 250;

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
  const { seconds, connections, rounds } = conditions;
  const running = entries.filter(({ contestant }) => contestant.routes.includes(route));
  const load = { route, connections };
  const warm = { ...load, seconds: Math.min(WARM_UP_SECONDS, seconds) };
  for (const entry of running) await warmUp(entry, warm, conditions.warmUp);
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
 * Lets the contestant's code be compiled and its statements be planned.
 *
 * @param {Entry} entry
 * @param {Omit<import('./contestants.mjs').ContestLoad, 'users'>} load
 * @param {number} enough requests
 */
async function warmUp({ contestant, database, users }, load, enough) {
  let answered = 0;
  for (let tried = 0; answered < enough && tried < MOST_WARM_UPS; tried += 1) {
    answered += (await contestant.drive({ ...load, users })).requests;
  }
  await settled(database);
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
  const { requests, abandoned, seconds, p50, p99 } = await contestant.drive({ ...load, users });
  const { calls, walBytes } = await settled(database);
  const done = requests + abandoned;
  return {
    perSecond: requests / seconds,
    p50,
    p99,
    ownCpu: (cpuMs([contestant.pid]) - before.own) / done,
    databaseCpu: (server.cpuMs() - before.database) / done,
    statements: calls / done,
    walBytes: walBytes / done,
  };
}

/**
 * Waits until what was under way at the end of a load is done, which would else be the next one's.
 *
 * @param {import('./database.mjs').BenchDatabase} database
 * @returns {Promise<{ calls: number, walBytes: number }>} of all statements
 */
async function settled(database) {
  const counted = async () => {
    const statements = await database.statements();
    return {
      calls: statements.reduce((total, { calls }) => total + calls, 0),
      walBytes: statements.reduce((total, { walBytes }) => total + walBytes, 0),
    };
  };
  let last = await counted();
  for (;;) {
    await sleep(QUIET_MS);
    const now = await counted();
    if (now.calls === last.calls) return now;
    last = now;
  }
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
    walBytes: of('walBytes'),
  };
}

/**
 * How often one contestant has another's figure in each round.
 *
 * @param {Result} one
 * @param {Result} other
 * @param {(sample: Sample) => number} figure
 */
export const ratios = (one, other, figure) =>
  one.samples.map((sample, round) => {
    const same = other.samples[round];
    return same ? figure(sample) / figure(same) : NaN;
  });

/** The median of {@link ratios}. @type {(...args: Parameters<typeof ratios>) => number} */
export const ratio = (...args) => median(ratios(...args));

/** @param {Sample} sample */
export const perSecond = (sample) => sample.perSecond;
