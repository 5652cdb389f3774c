import pg from 'pg';
import { createUser } from '../support/accounts.js';
import { dumpTables } from '../support/database-dump.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';
import { bearer, json, send } from '../support/wire.js';
import { CLIENTS, type LoadReport, SaveLoad } from '../faults/support/save-load.js';
import { tabulate } from '../faults/support/table.js';
import { PatroniCluster } from './support/patroni-cluster.js';

/** Requests of each client before and after a fault. */
const SOME = 20;
/** The promise is two seconds; a machine that stalls is given more. */
const ANSWER_LIMIT_MS = 15_000;

let cluster: PatroniCluster;
let services: readonly ServiceProcess[];
let db: pg.Pool;
let superuser: pg.Pool;

const connectTo = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // Its idle connections are cut, too.
  pool.on('error', () => undefined);
  return pool;
};

beforeAll(async () => {
  cluster = await PatroniCluster.start();
  const settings = {
    ...CHEAP_HASHING,
    ...NO_LIMITS,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    DATABASE_URL: cluster.url,
  };
  services = [await ServiceProcess.start(settings), await ServiceProcess.start(settings)];
  db = connectTo(cluster.url);
  superuser = connectTo(cluster.superuserUrl);
});

afterAll(async () => {
  await killServices();
  await db.end();
  await superuser.end();
  await cluster.stop();
});

/** Lets something happen to the cluster while clients save through both instances. */
async function endure(name: string, fault: (load: SaveLoad) => Promise<void>): Promise<LoadReport> {
  const load = await SaveLoad.start(
    services.map(({ url }) => url),
    db,
  );
  await load.successes(SOME);
  await fault(load);
  await load.successes(SOME);
  const report = await load.stop();
  tabulate(name, report);
  expect(report).toMatchObject({ lost: 0, others: [], brokenOff: 0 });
  expect(report.slowestRefusalMs).toBeLessThan(ANSWER_LIMIT_MS);
  return report;
}

/** Expects the standby to confirm every commit, and to hold what the primary holds. */
async function expectInSync(): Promise<void> {
  const { standby } = await cluster.roles();
  const { rows } = await superuser.query(
    'SELECT application_name, state, sync_state FROM pg_stat_replication',
  );
  expect(rows).toEqual([
    { application_name: standby.name, state: 'streaming', sync_state: 'sync' },
  ]);
  const copy = connectTo(cluster.superuserUrlOf(standby));
  try {
    const { rows: places } = await superuser.query<{ lsn: string }>(
      'SELECT pg_current_wal_flush_lsn()::text AS lsn',
    );
    await standby.until(async () => {
      const { rows: applied } = await copy.query<{ all: boolean }>(
        'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS all',
        [places[0]!.lsn],
      );
      return applied[0]!.all;
    });
    expect(await dumpTables(copy)).toEqual(await dumpTables(superuser));
  } finally {
    await copy.end();
  }
}

it('loses no answered save when the primary dies, and goes on with the standby', async () => {
  const { primary, standby } = await cluster.roles();
  await endure('primary killed, standby promoted', async () => {
    await primary.die();
    await standby.untilIs('primary');
  });
});

it('takes the node that died back as the standby', async () => {
  const { primary, standby } = await cluster.roles();
  await endure('the killed node comes back', async () => {
    standby.start();
    await standby.untilIs('sync');
  });
  await expectInSync();
  expect(await cluster.roles()).toEqual({ primary, standby });
});

it('follows a planned switchover', async () => {
  const { primary, standby } = await cluster.roles();
  await endure('planned switchover', async () => {
    await primary.switchOverTo(standby);
    await standby.untilIs('primary');
    await primary.untilIs('sync');
  });
  await expectInSync();
  expect(await cluster.roles()).toEqual({ primary: standby, standby: primary });
});

it('goes on without the standby, and takes it back', async () => {
  const { primary, standby } = await cluster.roles();
  await endure('standby killed, and back', async (load) => {
    await standby.die();
    await load.successes(SOME);
    standby.start();
    await standby.untilIs('sync');
  });
  await expectInSync();
  expect(await cluster.roles()).toEqual({ primary, standby });
});

it('goes on without etcd', async () => {
  const { primary, standby } = await cluster.roles();
  const report = await endure('etcd stands still', (load) =>
    cluster.withoutEtcd(async () => {
      await primary.until(() => primary.isFailsafe());
      await load.successes(SOME);
    }),
  );
  expect(report.refused).toBe(0);
  await standby.untilIs('sync');
  expect(await cluster.roles()).toEqual({ primary, standby });
});

it('answers no save that the standby does not have, and so loses none', async () => {
  const { primary, standby } = await cluster.roles();
  await endure('standby deaf, then primary killed', async (load) => {
    standby.signalPostgres('SIGSTOP');
    // Refusals are what comes; successes would be what is lost.
    await Promise.race([load.refusals(CLIENTS * 2), load.successes(SOME)]);
    await primary.die();
    standby.signalPostgres('SIGCONT');
    await standby.untilIs('primary');
  });
});

it('needed no restart of an instance', async () => {
  for (const service of services) {
    expect(service.hasExited).toBe(false);
    const { token } = await createUser(db, { nickname: 'last' });
    const answer = await send(
      service.url,
      json('/personal/save', { nickname: 'x' }, bearer(token)),
    );
    expect(answer).toMatchObject({ status: 200, body: { code: 0 } });
  }
});
