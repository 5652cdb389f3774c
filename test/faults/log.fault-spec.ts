import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { killServices, type Run, ServiceProcess, START } from '../support/service-process.js';
import { freshDatabase } from '../support/test-database.js';
import { send } from '../support/wire.js';

jest.setTimeout(60_000);

const FULL_DEVICE = '/dev/full';

/** Of 512 bytes each: as much as a file may have. */
const FILE_BLOCKS = 16;

/** In production lines are written in chunks, otherwise one by one. */
const MODES = ['production', 'test'];

const CANNOT = /^The log cannot be written: /gm;

let service: ServiceProcess;
let folder: string;
let opened: number | undefined;

const start = async (mode: string, path: string, run: Run = {}): Promise<void> => {
  opened = openSync(path, 'a');
  service = await ServiceProcess.start(
    { NODE_ENV: mode, DATABASE_URL: await freshDatabase('log') },
    { stdout: opened, ...run },
  );
};

/** Has one line logged. */
const ask = async (requestId = 'any'): Promise<void> => {
  const wire = { path: '/health/live', headers: { 'X-Request-Id': requestId } };
  expect((await send(service.url, wire)).status).toBe(200);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-log-'));
});

afterEach(async () => {
  await killServices();
  if (opened !== undefined) closeSync(opened);
  opened = undefined;
  rmSync(folder, { recursive: true });
});

describe('without any room for the log', () => {
  it.each(MODES)('%s: the service starts, answers, says so once, and stops', async (mode) => {
    await start(mode, FULL_DEVICE);
    await ask();
    await service.until(() => service.stderr.includes('The log cannot'));
    for (let times = 0; times < 100; times += 1) await ask();
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.stderr.match(CANNOT)).toHaveLength(1);
    expect(service.stderr).not.toContain('    at ');
  });
});

describe('a log that has no room for a while', () => {
  const limited: Run = {
    command: ['sh', '-c', `ulimit -f ${FILE_BLOCKS} && exec "$@"`, 'sh', process.execPath, START],
  };

  it.each(MODES)('%s: goes on when there is room again, and lacks no line', async (mode) => {
    const path = join(folder, 'log');
    const requestIds = (): string[] => readFileSync(path, 'utf8').match(/(?<="asked-)\d+/g) ?? [];
    await start(mode, path, limited);
    let asked = 0;
    const askNext = (): Promise<void> => ask(`asked-${(asked += 1)}`);
    while (!service.stderr.includes('The log cannot be written: EFBIG')) await askNext();
    await askNext();
    const before = requestIds();
    truncateSync(path);
    await askNext();
    await service.until(() => requestIds().at(-1) === String(asked));
    const all = [...before, ...requestIds()].map(Number);
    expect(new Set(all)).toEqual(new Set(Array.from({ length: asked }, (_, index) => index + 1)));
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.stderr.match(CANNOT)).toHaveLength(1);
  });
});
