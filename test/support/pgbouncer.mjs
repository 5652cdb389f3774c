import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:net';
import { freePort, unprivilegedAccount } from './postgres-server.mjs';

/** Server connections for each database, fewer than the service's pool has. */
export const POOL_SIZE = 5;

/**
 * A PgBouncer in transaction mode in front of a server.
 *
 * @typedef {object} PgBouncer
 * @property {string} host its address and port
 * @property {() => Promise<void>} kill
 * @property {() => Promise<void>} start again, after `kill`
 * @property {() => Promise<void>} stop for good
 */

/**
 * The limits that it sets in the service's place, as docs/operations.md has them.
 *
 * @param {number} statementMs
 */
export const poolerLimits = (statementMs) =>
  `SET statement_timeout = ${statementMs}; SET idle_in_transaction_session_timeout = 10000; SET client_connection_check_interval = 200`;

/**
 * Starts one on a free port of the loopback address.
 *
 * @param {string} serverUrl a PostgreSQL's
 * @param {string} connectQuery what each of its server connections begins with
 * @returns {Promise<PgBouncer>}
 */
export async function startPgBouncer(serverUrl, connectQuery) {
  const { hostname, port: serverPort, username, password } = new URL(serverUrl);
  const folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-pgbouncer-'));
  const port = await freePort();
  const config = join(folder, 'pgbouncer.ini');
  const user = `user=${decodeURIComponent(username)}`;
  const secret = password === '' ? '' : `password=${decodeURIComponent(password)}`;
  writeFileSync(
    config,
    `[databases]
* = host=${hostname} port=${serverPort} ${user} ${secret} connect_query='${connectQuery}'

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${POOL_SIZE}
max_client_conn = 500
server_login_retry = 1
server_idle_timeout = 1
ignore_startup_parameters = statement_timeout, idle_in_transaction_session_timeout, options, client_connection_check_interval
`,
  );
  chmodSync(folder, 0o755);
  const run = () =>
    spawn('pgbouncer', ['-q', config], {
      ...unprivilegedAccount(),
      cwd: folder,
      stdio: 'ignore',
      // Debian puts it where only administrators look.
      env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
    });
  let server = run();
  const end = () => server.kill('SIGKILL');
  process.once('exit', end);
  await untilListening(port);
  const kill = async () => {
    const exited = once(server, 'exit');
    end();
    await exited;
  };
  return {
    host: `127.0.0.1:${port}`,
    kill,
    start: async () => {
      server = run();
      await untilListening(port);
    },
    stop: async () => {
      await kill();
      process.off('exit', end);
      rmSync(folder, { recursive: true });
    },
  };
}

/** @param {number} port */
async function untilListening(port) {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await sleep(50);
    } finally {
      socket.destroy();
    }
  }
}
