// How PostgreSQL carries out a statement.

const ID = /^Query Identifier: (-?\d+)$/m;
const INDEX = /(?:Index (?:Only )?Scan (?:Backward )?using|Bitmap Index Scan on) (\w+)/g;
const WHOLE_TABLE = /Seq Scan on (?:\w+\.)?(\w+)/g;

/**
 * The plan that PostgreSQL makes of a statement for whatever values.
 *
 * @param {import('./database.mjs').BenchDatabase} database
 * @param {import('../peers/shared/statements.mjs').Statement} statement
 * @returns {Promise<{ id: string | undefined, indexes: string[], scanned: string[] }>} PostgreSQL's
 *   id of the statement, the indexes that it uses, and the tables that it reads as a whole
 */
export async function planOf(database, statement) {
  const lines = await database.query(`EXPLAIN (GENERIC_PLAN, VERBOSE) ${statement.text}`);
  const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
  return {
    id: ID.exec(plan)?.[1],
    indexes: namesIn(plan, INDEX),
    scanned: namesIn(plan, WHOLE_TABLE),
  };
}

/**
 * @param {string} plan
 * @param {RegExp} pattern
 */
const namesIn = (plan, pattern) =>
  [...new Set([...plan.matchAll(pattern)].map(([, name]) => name ?? ''))].sort();
