// The service beside its peers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barChart } from './support/chart.mjs';
import { PEERS, SERVICE, startServiceContestant } from './support/contestants.mjs';
import { goalTable } from './support/goals.mjs';
import { GENERATORS } from './support/load/load.mjs';
import { measure } from './support/measure.mjs';
import { measureStarts } from './support/starts.mjs';
import { table, textChart } from './support/table.mjs';
import { activeUsers, loadUsers } from './support/users.mjs';

/** @typedef {import('./support/contestants.mjs').Contestant} Contestant */
/** @typedef {import('./support/database.mjs').BenchDatabase} BenchDatabase */
/** @typedef {import('./support/database.mjs').BenchServer} BenchServer */
/** @typedef {import('./support/options.mjs').BenchOptions} BenchOptions */
/** @typedef {{ route: import('./support/load/answers.mjs').Route, results: import('./support/measure.mjs').Result[] }} Measured */

const USERS = 10_000;

/** Starts that are measured of each contestant. */
const STARTS = 3;

/**
 * @param {BenchServer} server
 * @param {BenchOptions} options
 * @param {(contestants: readonly Contestant[], database: BenchDatabase) => Promise<void>} [prove] is
 *   done before anything is measured
 */
export async function compare(server, options, prove) {
  const { users = USERS, routes } = options;
  const database = await server.create('compared');
  await loadUsers(database, users);
  const begin = beginners(database.url, options);
  const starts = await measureStarts(begin, Math.min(STARTS, options.rounds));
  const contestants = [];
  for (const one of begin) contestants.push(await one());
  await prove?.(contestants, database);
  const active = activeUsers(users);
  const entries = contestants.map((contestant) => ({ contestant, database, users: active }));
  const conditions = { ...options, server };
  /** @type {Measured[]} */
  const measured = [];
  for (const route of routes) {
    measured.push({ route, results: await measure(entries, route, conditions) });
  }
  for (const contestant of contestants) await contestant.stop();
  report(measured, starts, options);
}

/**
 * @param {string} databaseUrl
 * @param {BenchOptions} options
 * @returns {(() => Promise<Contestant>)[]} each starts a contestant; the service is the last
 */
function beginners(databaseUrl, { peers, generator }) {
  const start = [...peers.map((name) => PEERS[name]), startServiceContestant];
  return start.map((begin) => () => begin(databaseUrl, GENERATORS[generator]));
}

/**
 * @param {readonly Measured[]} measured
 * @param {import('./support/goals.mjs').Starts} starts
 * @param {BenchOptions} options
 */
function report(measured, starts, { generator, connections, rounds, seconds, output }) {
  const lines = [
    `${generator}, ${connections} connections, median of ${rounds} rounds of ${seconds} s, Node.js ${process.version}`,
  ];
  for (const { route, results } of measured) {
    const service = results.find(({ name }) => name === SERVICE);
    lines.push('', `personal/${route}`, '', table(results, service), '', textChart(results));
  }
  lines.push('', goalTable(measured, starts));
  const text = `${lines.join('\n')}\n`;
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'comparison.txt'), text);
  writeFileSync(join(output, 'comparison.svg'), chartOf(measured));
  process.stdout.write(text);
}

/** @param {readonly Measured[]} measured */
const chartOf = (measured) =>
  barChart(
    measured.map(({ route, results }) => ({
      title: `personal/${route}, requests a second`,
      unit: '/s',
      bars: results.map(({ name, median }) => ({
        label: name,
        value: median.perSecond,
        isOurs: name === SERVICE,
      })),
    })),
  );
