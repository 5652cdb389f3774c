import pg from 'pg';
import { createUser } from '../support/accounts.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';
import { bearer, json, send } from '../support/wire.js';
import { type LoadReport, SaveLoad } from '../faults/support/save-load.js';
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

/** Expects both nodes to hold the same, and the standby to confirm every commit. */
async function expectInSync(): Promise<void> {
  const { standby } = await cluster.roles();
  const { rows } = await superuser.query(
    'SELECT application_name, state, sync_state FROM pg_stat_replication',
  );
  expect(rows).toEqual([
    { application_name: standby.name, state: 'streaming', sync_state: 'sync' },
  ]);
}

it('loses no answered save when the primary dies, and goes on with the standby', async () => {
  const { primary, standby } = await cluster.roles();
  await endure('cluster: primary killed, standby promoted', async (load) => {
    await primary.die();
    await load.refusals(1);
    await standby.untilIs('primary');
  });
  expect(await cluster.roles()).toMatchObject({ primary: standby });
});

it('takes the node that died back as the standby', async () => {
  const { primary, standby } = await cluster.roles();
  await endure('cluster: the killed node comes back', async () => {
    standby.start();
    await standby.untilIs('sync');
  });
  await expectInSync();
  expect(await cluster.roles()).toEqual({ primary, standby });
});
