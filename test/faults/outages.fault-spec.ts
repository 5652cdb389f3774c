import type pg from 'pg';
import { createUser } from '../support/accounts.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { freePort, type PostgresServer, startPostgres } from '../support/postgres-server.mjs';
import { RedisServer } from '../support/redis-server.js';
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

  it('goes, and comes back, and no one notices', async () => {
    const redis = await RedisServer.start();
    const other = service;
    service = await ServiceProcess.start({
      ...settings,
      ATTEMPT_ACCOUNT_LIMIT: '100',
      PORT: String(await freePort()),
      REDIS_URL: redis.url,
    });
    const login = async (): Promise<number> =>
      (await send(service.url, json('/user/login', PASSWORD))).body.code;
    try {
      expect(await login()).toBe(-4);
      const report = await endure('Redis: stopped and started', async (load) => {
        await redis.stop();
        for (let count = 0; count < 3; count += 1) expect(await login()).toBe(-4);
        await load.successes(SOME);
        await redis.start();
        expect(await login()).toBe(-4);
      });
      expect(report).toMatchObject({ refused: 0, brokenOff: 0 });
    } finally {
      await redis.stop();
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
