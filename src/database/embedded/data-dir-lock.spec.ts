import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { DataDirError, type DataDirLock, lockDataDir } from './data-dir-lock.js';

let parent: string;
let dataDir: string;
const held: DataDirLock[] = [];

const lock = (): DataDirLock => {
  const taken = lockDataDir(dataDir);
  held.push(taken);
  return taken;
};

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'nest-shopxo-lock-'));
  dataDir = join(parent, 'made', 'on the way');
});

afterEach(() => {
  for (const one of held.splice(0)) one.release();
  rmSync(parent, { recursive: true, force: true });
});

/** A process that holds the folder's lock until it is killed. */
async function holder(): Promise<ChildProcess> {
  const source = readFileSync(new URL('data-dir-lock.ts', import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const script = `${outputText}
    lockDataDir(process.argv[1]);
    process.stdout.write('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, dataDir], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('the lock of a data folder', () => {
  it('makes the folder, for its owner only', () => {
    lock();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('refuses a second taker, naming DATA_DIR and the folder', () => {
    lock();
    expect(lock).toThrow(DataDirError);
    expect(lock).toThrow(`DATA_DIR ${dataDir} is in use`);
  });

  it('still refuses after it has refused once', () => {
    lock();
    expect(lock).toThrow(DataDirError);
    expect(lock).toThrow(DataDirError);
  });

  it('can be taken again once it is released', () => {
    lock().release();
    held.length = 0;
    expect(lock).not.toThrow();
    expect(lock).toThrow(DataDirError);
  });

  it('is one for each folder', () => {
    lock();
    dataDir = join(parent, 'other');
    expect(lock).not.toThrow();
  });

  it('of another process is respected, and taken over at once when that is killed', async () => {
    const child = await holder();
    try {
      expect(lock).toThrow(DataDirError);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(existsSync(join(dataDir, 'lock'))).toBe(true);
    expect(lock).not.toThrow();
  });
});
