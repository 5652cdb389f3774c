// The service beside its peers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barChart } from './support/chart.mjs';
import { PEERS, SERVICE, startServiceContestant } from './support/contestants.mjs';
import { goalsOf, verdict } from './support/goals.mjs';
import { GENERATORS } from './support/load/load.mjs';
import { measure } from './support/measure.mjs';
import { table, textChart } from './support/table.mjs';
import { activeUsers, loadUsers } from './support/users.mjs';

/** @typedef {import('./support/contestants.mjs').Contestant} Contestant */
/** @typedef {import('./support/database.mjs').BenchDatabase} BenchDatabase */
/** @typedef {import('./support/database.mjs').BenchServer} BenchServer */
/** @typedef {import('./support/options.mjs').BenchOptions} BenchOptions */
/** @typedef {{ route: import('./support/load/answers.mjs').Route, results: import('./support/measure.mjs').Result[] }} Measured */

const USERS = 10_000;

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
  const contestants = await startAll(database.url, options);
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
  report(measured, options);
}

/**
 * @param {string} databaseUrl
 * @param {BenchOptions} options
 */
async function startAll(databaseUrl, { peers, generator }) {
  /** @type {Contestant[]} */
  const contestants = [];
  for (const name of peers) contestants.push(await PEERS[name](databaseUrl, GENERATORS[generator]));
  contestants.push(await startServiceContestant(databaseUrl, GENERATORS[generator]));
  return contestants;
}

/**
 * @param {readonly Measured[]} measured
 * @param {BenchOptions} options
 */
function report(measured, { generator, connections, rounds, seconds, output }) {
  const lines = [
    `${generator}, ${connections} connections, median of ${rounds} rounds of ${seconds} s, Node.js ${process.version}`,
  ];
  for (const { route, results } of measured) {
    const service = results.find(({ name }) => name === SERVICE);
    lines.push('', `personal/${route}`, '', table(results, service), '', textChart(results));
  }
  lines.push('', ...measured.flatMap(({ route, results }) => goalsOf(route, results).map(verdict)));
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
