import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Origin } from '../../src/protocol/request/origin.js';

/** Where a request that no one sent came from. */
export const ORIGIN: Origin = {
  requestId: 'r',
  application: 'web',
  clientType: 'pc',
  systemType: 'default',
  address: '127.0.0.1',
  language: 'zh',
};

/** A user made for a test, with a session. */
export interface TestUser {
  readonly id: string;
  readonly token: string;
}

const insert = async (
  db: pg.Pool,
  table: string,
  row: Record<string, unknown>,
): Promise<Record<string, unknown>> => {
  const columns = Object.keys(row);
  const { rows } = await db.query<Record<string, unknown>>(
    `INSERT INTO ${table} (${columns.join(', ')})
     VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING *`,
    Object.values(row),
  );
  return rows[0]!;
};

let lastNumberCode = 1_000_000_000;

/** Makes a user without a session, also before the migrations that sessions need; @returns the id */
export async function createAccount(
  db: pg.Pool,
  columns: Record<string, unknown> = {},
): Promise<string> {
  lastNumberCode += 1;
  const user = await insert(db, 'sxo_user', { number_code: String(lastNumberCode), ...columns });
  return String(user.id);
}

/**
 * Makes a user and a session.
 *
 * @param columns of `sxo_user` that differ from the defaults
 * @param session columns of `sxo_user_session` that differ from the defaults
 */
export async function createUser(
  db: pg.Pool,
  columns: Record<string, unknown> = {},
  session: Record<string, unknown> = {},
): Promise<TestUser> {
  const id = await createAccount(db, columns);
  return { id, token: await createSession(db, id, session) };
}

/** Makes a session for a user, as a login just opened it, and gives its token. */
export async function createSession(
  db: pg.Pool,
  userId: string,
  columns: Record<string, unknown> = {},
  token = randomBytes(16).toString('hex'),
): Promise<string> {
  await insert(db, 'sxo_user_session', {
    user_id: userId,
    token_hash: createHash('sha256').update(token).digest(),
    system_type: 'default',
    application_client_type: 'pc',
    sign_in_time: new Date(),
    ...columns,
  });
  return token;
}

/**
 * Makes a delivery address of a user and gives its id.
 *
 * @param columns of `sxo_user_address` that differ from the defaults
 */
export async function createAddress(
  db: pg.Pool,
  userId: string,
  columns: Record<string, unknown> = {},
): Promise<string> {
  const address = await insert(db, 'sxo_user_address', {
    user_id: userId,
    alias: '',
    name: 'x',
    tel: '1',
    province: 1,
    city: 35,
    county: 402,
    address: 'a',
    lng: 0,
    lat: 0,
    is_default: false,
    idcard_name: '',
    idcard_number: '',
    idcard_front: '',
    idcard_back: '',
    ...columns,
  });
  return String(address.id);
}

/** The ids of a user's sessions, the oldest first. */
export async function sessionIdsOf(db: pg.Pool, userId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'SELECT id FROM sxo_user_session WHERE user_id = $1 ORDER BY id',
    [userId],
  );
  return rows.map(({ id }) => id);
}

/** A user's whole row, to see that nothing of it moved. */
export async function rowOf(db: pg.Pool, id: string): Promise<Record<string, unknown>> {
  const { rows } = await db.query<Record<string, unknown>>('SELECT * FROM sxo_user WHERE id = $1', [
    id,
  ]);
  return rows[0]!;
}

/** Removes every account, code and captcha, and all that was counted. */
export async function forgetAccounts(db: pg.Pool): Promise<void> {
  await db.query('DELETE FROM sxo_user');
  await db.query('TRUNCATE sxo_attempt, sxo_limited_use, sxo_verification_code, sxo_captcha');
}
