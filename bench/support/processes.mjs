// Processes that answer HTTP, and what they cost.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 5;
const START_PATIENCE_MS = 60_000;

const hasProc = existsSync('/proc/self/stat');
const TICK_MS = hasProc ? 1_000 / Number(execFileSync('getconf', ['CLK_TCK'])) : NaN;

/**
 * A process's processor time, its own and that of its ended children. `comm` may hold blanks, so the
 * fields are counted behind it.
 *
 * @param {number} pid
 */
function ticksOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [11, 12, 13, 14].reduce((total, index) => total + Number(fields[index]), 0);
  } catch (error) {
    // It ended a moment ago: its parent has its time.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return 0;
    throw error;
  }
}

/**
 * @param {number[]} pids
 * @returns {number} milliseconds; NaN where the system does not tell
 */
export const cpuMs = (pids) =>
  hasProc ? pids.reduce((total, pid) => total + ticksOf(pid), 0) * TICK_MS : NaN;

/**
 * @param {number} pid
 * @returns {number} the most mebibytes of memory that it had at a time; NaN where the system does not
 *   tell
 */
export function peakMemory(pid) {
  if (!hasProc) return NaN;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024;
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

// A signal alone would end this process without that.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => process.exit(1));
}

/**
 * Has a process ended with this one, or by {@link stopProcesses}.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function keep(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Ends a process that was kept, in good order. @param {import('node:child_process').ChildProcess} child */
export async function stopProcess(child) {
  if (!running.has(child)) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

/** Ends all that run. */
export async function stopProcesses() {
  await Promise.all(Array.from(running, stopProcess));
}

/**
 * @typedef {object} RunningProcess
 * @property {number} pid
 * @property {number} readyMs from its start to its first answer
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a Node.js process and waits until it answers. Its log goes nowhere, its errors to ours.
 *
 * @param {string[]} args the script and its arguments
 * @param {string} readyUrl answers when it is ready
 * @param {{ env?: Record<string, string>, isReady?: (status: number) => boolean }} [options]
 * @returns {Promise<RunningProcess>}
 */
export async function startProcess(args, readyUrl, { env = {}, isReady = () => true } = {}) {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  keep(child);
  while (!(await answers(readyUrl, isReady))) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended before it was ready`);
    if (performance.now() - start > START_PATIENCE_MS) throw new Error(`${args[0]} is not ready`);
    await sleep(POLL_MS);
  }
  return {
    pid: child.pid ?? 0,
    readyMs: performance.now() - start,
    stop: () => stopProcess(child),
  };
}

/**
 * @param {string} url
 * @param {(status: number) => boolean} isReady
 */
async function answers(url, isReady) {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return isReady(response.status);
  } catch {
    return false;
  }
}
