import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a command said, and whether it succeeded. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** A file and what becomes of its text, which is empty where there is none. */
interface Change {
  readonly file: string;
  readonly change: (text: string) => string;
}

/** A copy of the tree as it lies here, with this one's packages. */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-rules-'));

  private readonly originals = new Map<string, string | undefined>();

  constructor() {
    const files = execFileSync(
      'bash',
      [
        '-euc',
        'git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$1"',
        'copy',
        this.folder,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    if (files !== '') throw new Error(files);
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** Changes files, until `mend`. */
  break(changes: readonly Change[]): void {
    for (const { file, change } of changes) {
      const path = join(this.folder, file);
      const before = this.read(path);
      if (!this.originals.has(path)) this.originals.set(path, before);
      mkdirSync(dirname(path), { recursive: true });
      const after = change(before ?? '');
      if (after === before) throw new Error(`${file} was not changed`);
      writeFileSync(path, after);
    }
  }

  /** Undoes every change. */
  mend(): void {
    for (const [path, text] of this.originals) {
      if (text === undefined) rmSync(path);
      else writeFileSync(path, text);
    }
    this.originals.clear();
  }

  /** Runs a command in the copy. */
  run(command: string, ...parameters: string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      execFile(
        command,
        parameters,
        { cwd: this.folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          resolve({ ok: error === null, output: stdout || stderr });
        },
      );
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private read(path: string): string | undefined {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
