// Whether a save stays as quick when there are many users.
import { STATEMENTS_OF } from './peers/shared/statements.mjs';
import { startServiceContestant } from './support/contestants.mjs';
import { verdict } from './support/goals.mjs';
import { GENERATORS } from './support/load/load.mjs';
import { measure, ratio } from './support/measure.mjs';
import { planOf } from './support/plans.mjs';
import { table } from './support/table.mjs';
import { activeUsers, loadUsers } from './support/users.mjs';

const FEW = 10_000;
const MANY = 5_000_000;
/** The most that the median may grow. */
const MOST_GROWTH = 1.15;

/**
 * @param {import('./support/database.mjs').BenchServer} server
 * @param {import('./support/options.mjs').BenchOptions} options
 * @throws Error where a statement of the service reads a whole table
 */
export async function growth(server, options) {
  const many = options.users ?? MANY;
  const few = Math.min(FEW, many);
  const generator = GENERATORS[options.generator];
  const entries = [];
  for (const [name, users] of /** @type {const} */ ([
    ['few', few],
    ['many', many],
  ])) {
    const database = await server.create(name);
    const start = performance.now();
    await loadUsers(database, users);
    const seconds = ((performance.now() - start) / 1_000).toFixed(0);
    process.stderr.write(`${users} users loaded in ${seconds} s\n`);
    const contestant = await startServiceContestant(database.url, generator, `${users} users`);
    entries.push({ contestant, database, users: activeUsers(users) });
  }
  const plans = await plansOf(entries[1], options.connections);
  const results = await measure(entries, 'save', { ...options, server });
  const [small, large] = results;
  if (!small || !large) throw new Error('nothing was measured');
  for (const { contestant } of entries) await contestant.stop();
  const p50 = ratio(large, small, (sample) => sample.p50);
  const goal = /** @type {const} */ ({
    text: `p50 of personal/save, times that at ${few} users`,
    value: p50,
    limit: MOST_GROWTH,
    kind: 'most',
  });
  process.stdout.write(
    `${[table(results, undefined), '', ...plans, '', verdict(goal)].join('\n')}\n`,
  );
}

/**
 * Which indexes the save's statements use. The plans are of the peers' texts of them; that the service
 * runs the very same is seen by PostgreSQL's own ids of statements. It gives a prepared statement another
 * id when it plans it anew for new statistics, so this is looked at first.
 *
 * @param {import('./support/measure.mjs').Entry | undefined} entry
 * @param {number} connections
 */
async function plansOf(entry, connections) {
  if (!entry) throw new Error('nothing was loaded');
  const { contestant, database, users } = entry;
  await contestant.drive({ route: 'save', seconds: 1, connections, users });
  const ran = new Set((await database.statements()).map(({ id }) => id));
  const lines = [];
  for (const statement of STATEMENTS_OF.save) {
    const { id, indexes, scanned } = await planOf(database, statement);
    if (id === undefined || !ran.has(id))
      throw new Error(`the service's ${statement.name} is another than the peers'`);
    if (scanned.length > 0) throw new Error(`${statement.name} reads all of ${scanned.join(', ')}`);
    lines.push(`${statement.name} uses ${indexes.join(', ')}`);
  }
  return lines;
}
