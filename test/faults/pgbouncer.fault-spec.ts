import type pg from 'pg';
import { CHEAP_HASHING } from '../support/passwords.js';
import { type PgBouncer, poolerLimits, startPgBouncer } from '../support/pgbouncer.mjs';
import { type PostgresServer, startPostgres } from '../support/postgres-server.mjs';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';
import { connectTo, endure, SOME } from './support/endure.js';

/** As by default. */
const STATEMENT_MS = 1_100;

let postgres: PostgresServer;
let bouncer: PgBouncer;
let service: ServiceProcess;
let db: pg.Pool;

beforeAll(async () => {
  postgres = await startPostgres({ durable: true });
  bouncer = await startPgBouncer(postgres.url, poolerLimits(STATEMENT_MS));
  const url = new URL(postgres.url);
  url.host = bouncer.host;
  service = await ServiceProcess.start({
    ...CHEAP_HASHING,
    ...NO_LIMITS,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    DATABASE_URL: url.href,
    DATABASE_PREPARED_STATEMENTS: 'false',
  });
  db = connectTo(postgres.url);
});

afterAll(async () => {
  await killServices();
  await db.end();
  await bouncer.stop();
  await postgres.stop();
});

describe('a service behind PgBouncer', () => {
  it('loses no answered save when PgBouncer is killed, and goes on when it is back', async () => {
    const name = 'PgBouncer: kill -9 and started, three times';
    const report = await endure(service.url, db, name, async (load) => {
      for (let count = 0; count < 3; count += 1) {
        await load.successes(SOME);
        await bouncer.kill();
        await load.refusals(20);
        await bouncer.start();
      }
    });
    expect(report.brokenOff).toBe(0);
  });

  it('loses no answered save when PostgreSQL crashes behind it', async () => {
    const name = 'PostgreSQL behind PgBouncer: crashed and recovered';
    const report = await endure(service.url, db, name, async (load) => {
      await postgres.halt('SIGQUIT');
      await load.refusals(50);
      await postgres.start();
    });
    expect(report.brokenOff).toBe(0);
  });
});
