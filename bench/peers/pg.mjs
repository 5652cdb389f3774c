// A peer: `pg` alone, without HTTP and tokens: the prepared save, one UPDATE ... RETURNING with its
// row of the audit trail. The database's limit. It is its own load generator and checks its own
// answers; the benchmark tells it when to start by message.
import {
  openPool,
  peerOptions,
  SESSION_ABSOLUTE_DAYS,
  SESSION_IDLE_DAYS,
} from './shared/profile.mjs';
import { SAVE_PROFILE } from './shared/statements.mjs';

let turn = 0;
const pool = openPool(peerOptions().databaseUrl);

/** @param {number[]} sorted @param {number} share */
const quantile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** @typedef {import('../support/users.mjs').BenchUser} BenchUser */

/** @param {BenchUser} user @param {string} nickname */
const valuesOf = ({ userId, sessionId }, nickname) => [
  userId,
  'default',
  'pc',
  sessionId,
  SESSION_IDLE_DAYS,
  SESSION_ABSOLUTE_DAYS,
  nickname,
  '1990-05-17',
  '上海',
  '上海市',
  '闵行区',
  '1',
  undefined,
  undefined,
  'profile.changed',
  'pg',
  null,
  'pc',
  'default',
  '127.0.0.1',
  null,
];

/**
 * @param {{ seconds: number, connections: number, users: BenchUser[] }} load
 * @returns {Promise<import('../support/load/load.mjs').Load>}
 */
async function drive({ seconds, connections, users }) {
  /** @type {number[]} */
  const times = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  const client = async () => {
    while (performance.now() < end) {
      turn += 1;
      const user = users[turn % users.length];
      if (!user) throw new Error('no user');
      const nickname = `pg ${turn}`;
      const asked = performance.now();
      const { rows } = await pool.query({ ...SAVE_PROFILE, values: valuesOf(user, nickname) });
      times.push(performance.now() - asked);
      if (rows[0]?.nickname !== nickname || rows[0]?.id !== user.userId) {
        throw new Error(`a wrong answer to ${nickname} of ${user.userId}: ${JSON.stringify(rows)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  const took = (performance.now() - start) / 1_000;
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    abandoned: 0,
    seconds: took,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

process.on('message', (/** @type {Parameters<typeof drive>[0]} */ load) => {
  drive(load).then(
    (result) => process.send?.({ result }),
    (/** @type {Error} */ error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
await pool.query('SELECT 1');
process.send?.({ ready: true });
