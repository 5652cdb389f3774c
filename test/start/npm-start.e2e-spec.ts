import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { DataDirError, lockDataDir } from '../../src/database/embedded/data-dir-lock.js';
import { ServiceProcess } from '../support/service-process.js';

// npm, a build perhaps, and the service start one after another.
jest.setTimeout(60_000);

/** npm leads a process group of its own, as a shell's job does; it runs scripts with /bin/sh. */
const NPM_START = ['setsid', 'npm', 'start', '--no-update-notifier'] as const;

let dataDir: string;
let npm: ServiceProcess;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nest-shopxo-npm-'));
});

beforeEach(async () => {
  npm = await ServiceProcess.start({ DATA_DIR: dataDir }, { command: NPM_START });
});

afterEach(() => send('SIGKILL', -npm.pid!));

afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether no process has the data folder, which the operating system knows. */
function isDataDirFree(): boolean {
  try {
    lockDataDir(dataDir).release();
    return true;
  } catch (error) {
    if (error instanceof DataDirError) return false;
    throw error;
  }
}

// What npm leaves behind keeps its output open, and `exited` waiting.
describe('npm start', () => {
  it('stops the service, then ends with 0, when npm alone gets SIGTERM', async () => {
    expect(isDataDirFree()).toBe(false);
    send('SIGTERM', npm.pid!);
    expect(await npm.exited).toEqual({ code: 0, signal: null });
    expect(isDataDirFree()).toBe(true);
  });

  it('stops the service by Ctrl-C, which npm, its shell and the service all get', async () => {
    send('SIGINT', -npm.pid!);
    expect(await npm.exited).toEqual({ code: 0, signal: null });
    expect(isDataDirFree()).toBe(true);
  });

  it('leaves no service behind when npm is killed', async () => {
    send('SIGKILL', npm.pid!);
    expect(await npm.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(isDataDirFree()).toBe(true);
  });
});
