// The built service as a process of its own, on a PostgreSQL of its own.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { build } from '../../scripts/build.mjs';
import { freePort, startPostgres } from '../../test/support/postgres-server.mjs';

/**
 * @typedef {object} Service
 * @property {(path: string, body: object) => Promise<{ ms: number, code: number, data: any }>} post
 * @property {string} databaseUrl
 * @property {string} url
 * @property {number | undefined} pid
 * @property {() => Promise<void>} stop
 */

/**
 * @param {Record<string, string>} env settings that differ from the defaults
 * @returns {Promise<Service>}
 */
export async function startService(env = {}) {
  build();
  const postgres = await startPostgres();
  const port = await freePort();
  const service = spawn(process.execPath, ['dist/src/main.js'], {
    env: {
      ...process.env,
      DATABASE_URL: postgres.url,
      PORT: String(port),
      LOG_LEVEL: 'silent',
      // One client asks for as much as many.
      RATE_LIMIT_USER_WRITES: '0',
      RATE_LIMIT_USER_READS: '0',
      RATE_LIMIT_PUBLIC_WRITES: '0',
      RATE_LIMIT_PUBLIC_READS: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => service.once('exit', resolve));
  for await (const line of createInterface(service.stdout)) {
    if (line.includes('answers at')) break;
  }
  return {
    databaseUrl: postgres.url,
    url: `http://127.0.0.1:${port}`,
    pid: service.pid,
    post: async (path, body) => {
      const start = performance.now();
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { code, data } = await response.json();
      return { ms: performance.now() - start, code, data };
    },
    stop: async () => {
      service.kill();
      await exited;
      await postgres.stop();
    },
  };
}

/** @param {number[]} values */
export const median = (values) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
