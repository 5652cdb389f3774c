import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createAddress, createUser, type TestUser } from '../support/accounts.js';
import { lockAwaited } from '../support/database-locks.js';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { freshDatabase } from '../support/test-database.js';
import { bearer, json, send } from '../support/wire.js';
import { PRODUCTION } from './support/target.js';

/** Any number that is this test's own. */
const GATE = 4_711;

let db: pg.Pool;
let databaseUrl: string;

const start = (pollMs = 100): Promise<ServiceProcess> =>
  ServiceProcess.start({
    ...PRODUCTION,
    DATABASE_URL: databaseUrl,
    EVENT_POLL_MS: String(pollMs),
    EVENT_LISTENER_TIMEOUT_MS: '5000',
  });

const newUser = async (): Promise<TestUser> => {
  const user = await createUser(db);
  await createAddress(db, user.id);
  return user;
};

const close = async (service: ServiceProcess, { token }: TestUser): Promise<number> =>
  (await send(service.url, json('/safety/logout', {}, bearer(token)))).body.code as number;

const count = async (query: string, values: unknown[] = []): Promise<number> =>
  (await db.query(query, values)).rowCount ?? 0;

const addressesOf = (userId: string): Promise<number> =>
  count('SELECT FROM sxo_user_address WHERE user_id = $1', [userId]);

/** Of the one delivery to the listener that deletes addresses; other modules may hear the event, too. */
async function triesOfDelivery(): Promise<number | undefined> {
  const { rows } = await db.query<{ tries: number }>(
    'SELECT tries FROM sxo_event_delivery WHERE listener = $1',
    ['UserAddressListener.removeOfClosed'],
  );
  expect(rows).toHaveLength(1);
  return rows[0]?.tries;
}

const untilNone = async (query: string): Promise<void> => {
  while ((await count(query)) > 0) await sleep(50);
};

/** Has every statement of this kind wait until the gate is opened. */
async function closeGate(table: string, kind: 'UPDATE' | 'DELETE'): Promise<() => Promise<void>> {
  await db.query(`
    CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock(${GATE}); RETURN NULL; END $$;
    CREATE TRIGGER gate BEFORE ${kind} ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION wait_at_gate()`);
  const keeper = await db.connect();
  await keeper.query('SELECT pg_advisory_lock($1)', [GATE]);
  return async () => {
    await keeper.query(`
      ALTER TABLE ${table} DISABLE TRIGGER gate;
      SELECT pg_advisory_unlock(${GATE})`);
    keeper.release();
  };
}

/** A killed process's server may go on with its statement: it ends as in a crash of both. */
const endWaiting = (): Promise<unknown> =>
  db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );

beforeEach(async () => {
  databaseUrl = await freshDatabase('events');
  db = new pg.Pool({ connectionString: databaseUrl, max: 5 });
});

afterEach(async () => {
  await killServices();
  await db.end();
});

it('loses no closed account to kill -9 between the commit and the delivery', async () => {
  const user = await newUser();
  const service = await start();
  const openGate = await closeGate('sxo_event_delivery', 'UPDATE');
  expect(await close(service, user)).toBe(0);
  await lockAwaited(db);
  await service.kill();
  await endWaiting();
  expect(await triesOfDelivery()).toBe(0);
  expect(await addressesOf(user.id)).toBe(1);
  await openGate();

  await start();
  await untilNone('SELECT FROM sxo_event_delivery');
  expect(await addressesOf(user.id)).toBe(0);
});

it('has another instance take over what one was just delivering when it was killed', async () => {
  const user = await newUser();
  // The other one is too slow to be the first.
  const [first] = await Promise.all([start(), start(15_000)]);
  const openGate = await closeGate('sxo_user_address', 'DELETE');
  expect(await close(first, user)).toBe(0);
  await lockAwaited(db);
  await first.kill();
  await endWaiting();
  expect(await triesOfDelivery()).toBe(1);
  expect(await addressesOf(user.id)).toBe(1);
  await openGate();

  await untilNone('SELECT FROM sxo_event_delivery');
  expect(await addressesOf(user.id)).toBe(0);
});

it('loses none and takes no one else’s address, killed amid many', async () => {
  const users = await Promise.all(Array.from({ length: 40 }, newUser));
  const service = await start();
  let answered = 0;
  await Promise.all(
    users.map(async (user) => {
      const code = await close(service, user).catch(() => undefined);
      if (code !== 0) return;
      answered += 1;
      if (answered === 10) await service.kill();
    }),
  );
  expect(answered).toBeGreaterThanOrEqual(10);

  await start();
  await untilNone('SELECT FROM sxo_event_delivery');
  const { rows } = await db.query<{ closed: boolean; addresses: number }>(
    `SELECT u.is_logout_time IS NOT NULL AS closed, count(a.id)::int AS addresses
     FROM sxo_user u LEFT JOIN sxo_user_address a ON a.user_id = u.id
     WHERE u.id = ANY($1) GROUP BY u.id`,
    [users.map(({ id }) => id)],
  );
  for (const { closed, addresses } of rows) expect(addresses).toBe(closed ? 0 : 1);
  const closed = rows.filter((row) => row.closed).length;
  expect(closed).toBeGreaterThanOrEqual(answered);
});
