import { constants, copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { figureIn } from '../support/figures.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import {
  childrenOf,
  freePort,
  type PostgresServer,
  startPostgres,
} from '../support/postgres-server.mjs';
import { RawConnection } from '../support/raw-connection.js';
import { killServices, ServiceProcess, START } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';
import { send } from '../support/wire.js';
import { connectTo, endure, SOME } from './support/endure.js';

const WORKERS = 2;

let postgres: PostgresServer;
let db: pg.Pool;
let metricsUrl: string;
let settings: Record<string, string>;
let service: ServiceProcess;

beforeAll(async () => {
  postgres = await startPostgres({ durable: true });
  const metricsPort = String(await freePort());
  metricsUrl = `http://127.0.0.1:${metricsPort}`;
  settings = {
    ...CHEAP_HASHING,
    ...NO_LIMITS,
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    DATABASE_URL: postgres.url,
    PORT: String(await freePort()),
    METRICS_PORT: metricsPort,
    WEB_CONCURRENCY: String(WORKERS),
  };
  service = await ServiceProcess.start(settings);
  db = connectTo(postgres.url);
});

afterAll(async () => {
  await killServices();
  await db.end();
  await postgres.stop();
});

const workers = (): number[] => childrenOf(service.pid!);

const read = async (series: string): Promise<number | undefined> =>
  figureIn((await send(metricsUrl, { path: '/metrics' })).text, series);

const listening = async (count: number): Promise<void> => {
  while ((await read('cluster_workers')) !== count) await sleep(50);
};

const LIVE = 'http_requests_total{route="health/live",code="none",status="200"}';

/** Asks on a connection of its own, which whichever worker is awake takes. */
async function ask(): Promise<number> {
  const connection = await RawConnection.open(service.url);
  connection.request('GET', '/health/live');
  const { status } = await connection.answer();
  connection.socket.destroy();
  return status;
}

/** Asks while all workers but one stand still. */
async function askOnly(worker: number, times: number): Promise<void> {
  const others = workers().filter((pid) => pid !== worker);
  for (const pid of others) process.kill(pid, 'SIGSTOP');
  try {
    for (let count = 0; count < times; count += 1) expect(await ask()).toBe(200);
  } finally {
    for (const pid of others) process.kill(pid, 'SIGCONT');
  }
}

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('a service of two workers', () => {
  it('welcomes once, answers from both, and sums what they count', async () => {
    expect(service.stdout.match(/answers at/g)).toHaveLength(1);
    const pids = workers();
    expect(pids).toHaveLength(WORKERS);
    const [first, second] = pids as [number, number];
    await askOnly(first, 3);
    await askOnly(second, 4);
    while ((await read(LIVE)) !== 7) await sleep(20);
    expect(await read('cluster_workers')).toBe(WORKERS);
    expect(await read('http_requests_in_flight')).toBe(0);
  });

  it('loses no answered save to kill -9 of a worker, replaces it, and keeps its counts', async () => {
    const deaths = (await read('cluster_worker_deaths_total'))!;
    await endure(service.url, db, 'one worker of two: kill -9, three times', async (load) => {
      for (let count = 1; count <= 3; count += 1) {
        await load.successes(SOME);
        const counted = (await read(LIVE))!;
        const [victim] = workers();
        process.kill(victim!, 'SIGKILL');
        await load.successes(SOME);
        await listening(WORKERS);
        expect(workers()).not.toContain(victim);
        expect(await read('cluster_worker_deaths_total')).toBe(deaths + count);
        expect(await read(LIVE)).toBeGreaterThanOrEqual(counted);
      }
    });
  });

  it('replaces a worker when the database is back, though it was away for its first start', async () => {
    const deaths = (await read('cluster_worker_deaths_total'))!;
    await postgres.halt('SIGINT');
    process.kill(workers()[0]!, 'SIGKILL');
    await service.until(() => /^DATABASE_URL cannot be reached/m.test(service.stderr));
    await postgres.start();
    await listening(WORKERS);
    const again = service.stderr.split('\n').filter((line) => !line.startsWith('DATABASE_URL'));
    expect(again).toEqual(['']);
    expect(await read('cluster_worker_deaths_total')).toBe(deaths + 1);
  });

  it.each(['the primary', 'the whole group'])(
    'answers what it has taken when %s is asked to stop',
    async (asked) => {
      const name = `two workers: SIGTERM to ${asked}, three times`;
      const report = await endure(service.url, db, name, async (load) => {
        for (let count = 0; count < 3; count += 1) {
          await load.successes(SOME);
          const pids = workers();
          const exit = service.stop();
          if (asked === 'the whole group') for (const pid of pids) process.kill(pid, 'SIGTERM');
          expect(await exit).toEqual({ code: 0, signal: null });
          expect(pids.filter((pid) => !isGone(pid))).toEqual([]);
          service = await ServiceProcess.start(settings);
        }
      });
      expect(report).toMatchObject({ refused: 0, doneUnanswered: 0 });
    },
  );

  it('leaves no worker behind when the primary is killed', async () => {
    const pids = workers();
    expect(pids).toHaveLength(WORKERS);
    await service.kill();
    while (!pids.every(isGone)) await sleep(20);
    service = await ServiceProcess.start(settings);
  });

  it('ends with 1 when workers die again and again', async () => {
    const killing = setInterval(() => {
      for (const pid of workers()) process.kill(pid, 'SIGKILL');
    }, 20);
    const exit = await service.exited.finally(() => clearInterval(killing));
    expect(exit).toEqual({ code: 1, signal: null });
    expect(service.stderr).toBe('Workers end again and again; the service stops\n');
  });
});

describe('two workers, one of which', () => {
  beforeAll(() => service.kill());

  afterEach(async () => {
    // One that stands still would keep the pipes open.
    for (const pid of workers()) process.kill(pid, 'SIGCONT');
    await service.kill();
  });

  it('cannot be spawned: it is tried again, and the other goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-node-'));
    const [program, away] = [join(folder, 'node'), join(folder, 'away')];
    copyFileSync(process.execPath, program, constants.COPYFILE_FICLONE);
    try {
      service = await ServiceProcess.start(
        { ...settings, LOG_LEVEL: 'error' },
        { command: [program, START] },
      );
      const deaths = (await read('cluster_worker_deaths_total'))!;
      renameSync(program, away);
      process.kill(workers()[0]!, 'SIGKILL');
      await service.until(() => /cannot be spawned.*ENOENT/.test(service.stdout));
      expect(await ask()).toBe(200);
      renameSync(away, program);
      await listening(WORKERS);
      expect(await read('cluster_worker_deaths_total')).toBe(deaths + 1);
      expect(await service.stop()).toEqual({ code: 0, signal: null });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('does not stop: it is killed when its time is over, and the exit code is 1', async () => {
    service = await ServiceProcess.start({
      ...settings,
      LOG_LEVEL: 'error',
      SHUTDOWN_TIMEOUT_MS: '0',
      VERIFICATION_SEND_TIMEOUT_MS: '100',
    });
    const pids = workers();
    process.kill(pids[0]!, 'SIGSTOP');
    expect(await service.stop()).toEqual({ code: 1, signal: null });
    expect(pids.every(isGone)).toBe(true);
    expect(service.stdout).toContain('a worker does not stop and is killed');
  }, 30_000);
});

describe('a start of two workers that cannot be', () => {
  /** What its operator reads. */
  const failure = async (wrong: Record<string, string>): Promise<string> => {
    const failing = await ServiceProcess.spawn({
      ...settings,
      PORT: String(await freePort()),
      METRICS_PORT: '',
      ...wrong,
    });
    expect(await failing.exited).toEqual({ code: 1, signal: null });
    expect(failing.stdout).toBe('');
    return failing.stderr;
  };

  it('names WEB_CONCURRENCY where there is no DATABASE_URL', async () => {
    expect(await failure({ DATABASE_URL: '' })).toMatch(
      /^WEB_CONCURRENCY must be .* 1 where DATABASE_URL is not set, not "2"\n$/,
    );
  });

  it('names each wrong setting once', async () => {
    expect(await failure({ TRUST_PROXY: 'everyone', NODE_ENV: 'staging' })).toMatch(
      /^NODE_ENV must be .*\nTRUST_PROXY must be .*\n$/,
    );
  });

  it('names DATABASE_URL once where no server is there', async () => {
    const url = `postgres://shop@127.0.0.1:${await freePort()}/shop`;
    expect(await failure({ DATABASE_URL: url })).toMatch(/^DATABASE_URL .*ECONNREFUSED.*\n$/);
  });

  it.each(['PORT', 'METRICS_PORT'])('names %s once where it is taken', async (setting) => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      expect(await failure({ [setting]: String(port) })).toMatch(
        new RegExp(`^${setting} .*EADDRINUSE.*\\n$`),
      );
    } finally {
      other.close();
    }
  });
});
