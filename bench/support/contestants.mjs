// The service and its peers, each in a process of its own.
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../test/support/postgres-server.mjs';
import { CACHE_SESSIONS } from '../peers/shared/session-cache.mjs';
import { keep, startProcess, stopProcess } from './processes.mjs';
import { startOf } from './starts.mjs';

/** @typedef {import('./load/load.mjs').Load} Load */
/** @typedef {import('./load/load.mjs').LoadOptions} LoadOptions */
/** @typedef {Omit<LoadOptions, 'url'>} ContestLoad */
/** @typedef {import('./load/load.mjs').Generator} Generator */

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {number} pid
 * @property {string} [url] where it answers HTTP
 * @property {readonly import('./load/answers.mjs').Route[]} routes that it has
 * @property {(load: ContestLoad) => Promise<Load>} drive
 * @property {import('./starts.mjs').Start} [start] how it came to be ready
 * @property {() => Promise<void>} stop
 */

/** What avatar URLs begin with, the same for all, so that answers compare. */
const PUBLIC_URL = 'http://shop.example';

/** The most that the setting takes: every request is counted, and none of the benchmark's is refused. */
const MOST_REQUESTS = '1000000';

/** A stall of the machine makes an answer late, and not a failure that voids the run. */
const PATIENCE_MS = '10000';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the service is called in tables. */
export const SERVICE = 'nest-shopxo';

/** What the peer is called that caches sessions as the service does. */
export const EXPRESS_WITH_CACHE = 'Express + cache';

/** What the image gives Node.js. */
function imageArguments() {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1];
  if (command === undefined) throw new Error('Dockerfile names no command');
  /** @type {string[]} */
  const [, ...args] = JSON.parse(command);
  return args;
}

/**
 * The built service in production mode, with everything on, started as the image starts it.
 *
 * @param {string} databaseUrl
 * @returns {Promise<{ url: string, process: import('./processes.mjs').RunningProcess }>}
 */
export async function startProductionService(databaseUrl) {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const dataDir = mkdtempSync(join(tmpdir(), 'nest-shopxo-bench-'));
  const url = `http://127.0.0.1:${port}`;
  const running = await startProcess(imageArguments(), `${url}/health/ready`, {
    env: {
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      PORT: String(port),
      PUBLIC_URL,
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: 'info',
      RATE_LIMIT_USER_WRITES: MOST_REQUESTS,
      RATE_LIMIT_USER_READS: MOST_REQUESTS,
      DATABASE_CONNECT_TIMEOUT_MS: PATIENCE_MS,
      DATABASE_STATEMENT_TIMEOUT_MS: PATIENCE_MS,
    },
    isReady: (status) => status === 200,
  });
  const stop = async () => {
    await running.stop();
    rmSync(dataDir, { recursive: true });
  };
  return { url, process: { ...running, stop } };
}

/**
 * @param {string} databaseUrl
 * @param {Generator} generator
 * @param {string} [name]
 * @returns {Promise<Contestant>}
 */
export async function startServiceContestant(databaseUrl, generator, name = SERVICE) {
  const { url, process: running } = await startProductionService(databaseUrl);
  return httpContestant(name, url, running, generator);
}

/**
 * @param {string} name
 * @param {string} url
 * @param {import('./processes.mjs').RunningProcess} running
 * @param {Generator} generator
 * @returns {Contestant}
 */
const httpContestant = (name, url, running, generator) => ({
  name,
  url,
  pid: running.pid,
  start: startOf(running),
  routes: ['save', 'index'],
  drive: (load) => generator({ ...load, url }),
  stop: running.stop,
});

/**
 * @param {string} name
 * @param {string} script
 * @param {readonly string[]} [flags]
 * @returns {(databaseUrl: string, generator: Generator) => Promise<Contestant>}
 */
const httpPeer =
  (name, script, flags = []) =>
  async (databaseUrl, generator) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const args = [script, databaseUrl, PUBLIC_URL, String(port), ...flags];
    const running = await startProcess(args, url);
    return httpContestant(name, url, running, generator);
  };

/** @param {string} databaseUrl @returns {Promise<Contestant>} */
async function startPg(databaseUrl) {
  const child = fork(join(root, 'bench/peers/pg.mjs'), [databaseUrl, PUBLIC_URL, '0']);
  keep(child);
  await once(child, 'message');
  return {
    name: 'pg alone',
    pid: child.pid ?? 0,
    routes: ['save'],
    drive: async ({ seconds, connections, users }) => {
      child.send({ seconds, connections, users });
      const [{ error, result }] = await once(child, 'message');
      if (error !== undefined) throw new Error(error);
      return result;
    },
    stop: () => stopProcess(child),
  };
}

let isTutorialBuilt = false;

/** Compiled here, for nobody but the benchmark runs it; lint checks its types. */
function buildTutorial() {
  if (isTutorialBuilt) return;
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const args = [compiler, '-p', 'bench/peers/tutorial', '--noCheck'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the tutorial peer does not compile');
  isTutorialBuilt = true;
}

/** @type {(databaseUrl: string, generator: Generator) => Promise<Contestant>} */
const startTutorial = (databaseUrl, generator) => {
  buildTutorial();
  return httpPeer('tutorial', 'dist/bench/peers/tutorial/main.js')(databaseUrl, generator);
};

/** The peers by the names that `--peers` takes. */
export const PEERS = {
  pg: startPg,
  node: httpPeer('node:http', 'bench/peers/node-http.mjs'),
  express: httpPeer('Express', 'bench/peers/express.mjs'),
  'express-cache': httpPeer(EXPRESS_WITH_CACHE, 'bench/peers/express.mjs', [CACHE_SESSIONS]),
  tutorial: startTutorial,
};

/** @typedef {keyof typeof PEERS} PeerName */

export const PEER_NAMES = /** @type {PeerName[]} */ (Object.keys(PEERS));
