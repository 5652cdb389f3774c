import { spawnSync } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresServer } from '../../support/postgres-server.mjs';

const MEGABYTES = 8;
const BLOCK = Buffer.alloc(4_096);

/** A disk of a few megabytes, in memory. */
export class SmallDisk {
  private constructor(
    private readonly folder: string,
    /** An empty folder on it for the account. */
    readonly path: string,
  ) {}

  /** @returns undefined where this process may not mount one */
  static mount({ uid, gid }: PostgresServer['account']): SmallDisk | undefined {
    // An account is given where this process is root, and no one else mounts.
    if (uid === undefined || gid === undefined) return undefined;
    const folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-disk-'));
    const options = `size=${MEGABYTES}m,mode=755`;
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) {
      rmSync(folder, { recursive: true });
      return undefined;
    }
    const path = join(folder, 'tablespace');
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, uid, gid);
    return new SmallDisk(folder, path);
  }

  /** Takes every block that is left. */
  fill(): void {
    const file = openSync(this.filler, 'w');
    try {
      for (;;) writeSync(file, BLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Gives them back. */
  free(): void {
    rmSync(this.filler, { force: true });
  }

  unmount(): void {
    spawnSync('umount', [this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }
}
