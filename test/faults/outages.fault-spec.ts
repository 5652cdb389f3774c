import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createUser } from '../support/accounts.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { freePort, type PostgresServer, startPostgres } from '../support/postgres-server.mjs';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';
import { bearer, json, send } from '../support/wire.js';
import { SmallDisk } from './support/small-disk.js';
import { connectTo, endure as endureAt, SOME } from './support/endure.js';
import type { LoadReport, SaveLoad } from './support/save-load.js';
import { tabulateImpossible } from './support/table.js';

let postgres: PostgresServer;
let settings: Record<string, string>;
let service: ServiceProcess;
let db: pg.Pool;

beforeAll(async () => {
  postgres = await startPostgres({ durable: true });
  settings = {
    ...CHEAP_HASHING,
    ...NO_LIMITS,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    DATABASE_URL: postgres.url,
    PORT: String(await freePort()),
  };
  service = await ServiceProcess.start(settings);
  db = connectTo(postgres.url);
});

afterAll(async () => {
  await killServices();
  await db.end();
  await postgres.stop();
});

const endure = (name: string, fault: (load: SaveLoad) => Promise<unknown>): Promise<LoadReport> =>
  endureAt(service.url, db, name, fault);

describe('the service', () => {
  it('loses no answered save to kill -9', async () => {
    await endure('service: kill -9, three times', async (load) => {
      for (let count = 0; count < 3; count += 1) {
        await load.successes(SOME);
        expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
        service = await ServiceProcess.start(settings);
      }
    });
  });

  it('answers what it has taken when it is asked to stop', async () => {
    const report = await endure('service: SIGTERM, three times', async (load) => {
      for (let count = 0; count < 3; count += 1) {
        await load.successes(SOME);
        expect(await service.stop()).toEqual({ code: 0, signal: null });
        service = await ServiceProcess.start(settings);
      }
    });
    // The system resets connections that the service has not accepted yet when it stops listening.
    expect(report).toMatchObject({ refused: 0, doneUnanswered: 0 });
  });
});

describe('PostgreSQL', () => {
  it.each(['SIGINT', 'SIGQUIT'] as const)('goes by %s, and comes back', async (signal) => {
    const name = signal === 'SIGINT' ? 'stopped and started' : 'crashed and recovered';
    const report = await endure(`PostgreSQL: ${name}`, async (load) => {
      await postgres.halt(signal);
      await load.refusals(100);
      await postgres.start();
    });
    expect(report.brokenOff).toBe(0);
  });

  it('falls silent, and goes on', async () => {
    const report = await endure('PostgreSQL: every process paused', async (load) => {
      postgres.signal('SIGSTOP');
      await load.refusals(30);
      postgres.signal('SIGCONT');
    });
    expect(report.brokenOff).toBe(0);
  });

  it('has its connections terminated', async () => {
    const report = await endure('PostgreSQL: connections terminated, ten times', async (load) => {
      for (let count = 0; count < 10; count += 1) {
        await load.successes(1);
        await db.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nest-shopxo'`,
        );
      }
    });
    expect(report.brokenOff).toBe(0);
  });

  it('has a full disk', async () => {
    const disk = SmallDisk.mount(postgres.account);
    if (disk === undefined) {
      tabulateImpossible('PostgreSQL: disk full', 'no right to mount a small one here');
      return;
    }
    const reader = connectTo(postgres.url);
    try {
      await db.query(`CREATE TABLESPACE small LOCATION '${disk.path}'`);
      await db.query('ALTER TABLE sxo_user SET TABLESPACE small');
      // Whoever reads an old state keeps the server from writing over it: it needs ever more space.
      const old = await reader.connect();
      await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await old.query('SELECT FROM sxo_user');
      const report = await endure('PostgreSQL: disk full', async (load) => {
        disk.fill();
        await load.refusals(100);
        disk.free();
        await old.query('ROLLBACK');
      });
      old.release();
      expect(report.brokenOff).toBe(0);
    } finally {
      await reader.end();
      await db.query('ALTER TABLE sxo_user SET TABLESPACE pg_default');
      await db.query('DROP TABLESPACE small');
      disk.unmount();
    }
  });
});

describe('Redis', () => {
  const PASSWORD = { type: 'username', accounts: 'nobody', pwd: 'wrong' };

  const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

  (hasRedis ? it : it.skip)('goes, and comes back, and no one notices', async () => {
    const port = await freePort();
    let redis = await startRedis(port);
    const other = service;
    service = await ServiceProcess.start({
      ...settings,
      ATTEMPT_ACCOUNT_LIMIT: '100',
      PORT: String(await freePort()),
      REDIS_URL: `redis://127.0.0.1:${port}`,
    });
    const login = async (): Promise<number> =>
      (await send(service.url, json('/user/login', PASSWORD))).body.code;
    try {
      expect(await login()).toBe(-4);
      const report = await endure('Redis: stopped and started', async (load) => {
        await stopRedis(redis);
        for (let count = 0; count < 3; count += 1) expect(await login()).toBe(-4);
        await load.successes(SOME);
        redis = await startRedis(port);
        expect(await login()).toBe(-4);
      });
      expect(report).toMatchObject({ refused: 0, brokenOff: 0 });
    } finally {
      await stopRedis(redis);
      await service.stop();
      service = other;
    }
  });
});

it('after all of them the service is the one that it was', async () => {
  const { token } = await createUser(db, { nickname: 'last' });
  const answer = await send(service.url, { path: '/personal/index', headers: bearer(token) });
  expect(answer).toMatchObject({ status: 200, body: { code: 0 } });
});

async function startRedis(port: number): Promise<ChildProcess> {
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', ''],
    {
      cwd: tmpdir(),
      stdio: 'ignore',
    },
  );
  while (!(await listens(port))) await sleep(50);
  return redis;
}

async function stopRedis(redis: ChildProcess): Promise<void> {
  if (redis.exitCode !== null || redis.signalCode !== null) return;
  const exited = once(redis, 'exit');
  redis.kill('SIGKILL');
  await exited;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => socket.destroy());
  });
