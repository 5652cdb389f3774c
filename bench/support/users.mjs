// Users and sessions, made by the database itself.
import { createHash } from 'node:crypto';

/** @typedef {import('./database.mjs').BenchDatabase} BenchDatabase */

/** @typedef {{ userId: string, sessionId: string, token: string }} BenchUser */

const SESSIONS_OF_A_USER = 2;

/** Tokens that a load uses in turn. */
const ACTIVE_USERS = 10_000;

const TOKEN_SQL = `md5('token ' || i)`;

/** @param {number} session */
const tokenOf = (session) => createHash('md5').update(`token ${session}`).digest('hex');

/**
 * Loads users 1 to `count` and two sessions of each, then lets the database settle.
 *
 * @param {BenchDatabase} database
 * @param {number} count
 */
export async function loadUsers(database, count) {
  await withoutIndexes(database, 'sxo_user', () =>
    database.query(
      `INSERT INTO sxo_user (id, number_code, pwd, username, nickname, gender, province, city, county,
         address, birthday, add_time)
       SELECT i, lpad(i::text, 10, '0'),
         '$argon2id$v=19$m=19456,t=2,p=1$' || md5(i::text) || '$' || md5(i::text),
         'user' || i, 'nickname ' || i, i % 3, '上海', '上海市', '浦东新区', '世纪大道 ' || i % 2000,
         date '1950-01-01' + i % 20000, now() - i % 1000 * interval '1 day'
       FROM generate_series(1, $1::int) i`,
      [count],
    ),
  );
  await database.query(`SELECT setval(pg_get_serial_sequence('sxo_user', 'id'), $1)`, [count]);
  await withoutIndexes(database, 'sxo_user_session', () =>
    database.query(
      `INSERT INTO sxo_user_session (user_id, token_hash, system_type, application_client_type)
       SELECT (i - 1) / ${SESSIONS_OF_A_USER} + 1, sha256(${TOKEN_SQL}::bytea), 'default', 'pc'
       FROM generate_series(1, $1::int) i`,
      [count * SESSIONS_OF_A_USER],
    ),
  );
  await database.query('VACUUM (ANALYZE) sxo_user');
  await database.query('VACUUM (ANALYZE) sxo_user_session');
  await database.query('CHECKPOINT');
}

/**
 * Users that a load asks as, spread evenly over all of them.
 *
 * @param {number} count of users that were loaded
 * @returns {BenchUser[]}
 */
export function activeUsers(count) {
  const active = Math.min(count, ACTIVE_USERS);
  return Array.from({ length: active }, (_, index) => {
    const userId = Math.floor((index * count) / active) + 1;
    const session = (userId - 1) * SESSIONS_OF_A_USER + 1;
    return { userId: String(userId), sessionId: String(session), token: tokenOf(session) };
  });
}

/**
 * Does work while a table has only its primary key: to make the others afterwards is much faster
 * than to keep random ones current.
 *
 * @param {BenchDatabase} database
 * @param {string} table
 * @param {() => Promise<unknown>} work
 */
async function withoutIndexes(database, table, work) {
  /** @type {{ name: string, definition: string }[]} */
  const constraints = await database.query(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = $1::regclass AND contype IN ('u', 'f')`,
    [table],
  );
  /** @type {{ name: string, definition: string }[]} */
  const indexes = await database.query(
    `SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index i
     WHERE indrelid = $1::regclass
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [table],
  );
  for (const { name } of constraints) {
    await database.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  }
  for (const { name } of indexes) await database.query(`DROP INDEX ${name}`);
  await work();
  for (const { name, definition } of constraints) {
    await database.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  }
  for (const { definition } of indexes) await database.query(definition);
}
