// The service beside its peers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barChart } from './support/chart.mjs';
import { PEERS, SERVICE, startServiceContestant } from './support/contestants.mjs';
import { startServer } from './support/database.mjs';
import { goalsOf, verdict } from './support/goals.mjs';
import { GENERATORS } from './support/load/load.mjs';
import { measure } from './support/measure.mjs';
import { table, textChart } from './support/table.mjs';
import { activeUsers, loadUsers } from './support/users.mjs';

const USERS = 10_000;

/** @param {import('./support/options.mjs').BenchOptions} options */
export async function compare(options) {
  const { users = USERS, routes, output } = options;
  const server = await startServer();
  /** @type {import('./support/contestants.mjs').Contestant[]} */
  const contestants = [];
  try {
    const database = await server.create('bench');
    await loadUsers(database, users);
    const generator = GENERATORS[options.generator];
    for (const name of options.peers) {
      contestants.push(await PEERS[name](database.url, generator));
    }
    contestants.push(await startServiceContestant(database.url, generator));
    const entries = contestants.map((contestant) => ({ contestant, database }));
    const conditions = { ...options, server, users: activeUsers(users) };
    /** @type {{ route: import('./support/load/answers.mjs').Route, results: import('./support/measure.mjs').Result[] }[]} */
    const measured = [];
    for (const route of routes) {
      measured.push({ route, results: await measure(entries, route, conditions) });
    }
    report(measured, options, output);
  } finally {
    for (const contestant of contestants) await contestant.stop();
    await server.stop();
  }
}

/**
 * @param {{ route: import('./support/load/answers.mjs').Route, results: import('./support/measure.mjs').Result[] }[]} measured
 * @param {import('./support/options.mjs').BenchOptions} options
 * @param {string} output
 */
function report(measured, { generator, connections, rounds, seconds }, output) {
  const lines = [
    `${generator}, ${connections} connections, median of ${rounds} rounds of ${seconds} s, Node.js ${process.version}`,
  ];
  for (const { route, results } of measured) {
    const service = results.find(({ name }) => name === SERVICE);
    lines.push('', `personal/${route}`, '', table(results, service), '', textChart(results));
  }
  lines.push('', ...measured.flatMap(({ route, results }) => goalsOf(route, results).map(verdict)));
  const text = `${lines.join('\n')}\n`;
  const chart = barChart(
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
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'comparison.txt'), text);
  writeFileSync(join(output, 'comparison.svg'), chart);
  process.stdout.write(text);
}
