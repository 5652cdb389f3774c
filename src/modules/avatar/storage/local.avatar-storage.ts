import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AvatarStorage, StorageUnavailableException } from './avatar-storage.js';

const PREFIX = '/static/upload/';

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Keeps pictures on this machine's disk: `/static/upload/x` in the file `<data folder>/upload/x`. */
export class LocalAvatarStorage implements AvatarStorage {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'upload');
  }

  /** Under a temporary name first, so that no one ever reads half a picture. */
  async put(path: string, bytes: Buffer): Promise<void> {
    const file = this.fileOf(path);
    const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await this.makeFolder(dirname(file));
      await writeDurably(temporary, bytes);
      await rename(temporary, file);
      await syncFolder(dirname(file));
    } catch (error) {
      await rm(temporary, { force: true }).catch((cause: unknown) => {
        throw new StorageUnavailableException(new AggregateError([error, cause]));
      });
      throw new StorageUnavailableException(error);
    }
  }

  async delete(path: string): Promise<void> {
    try {
      await rm(this.fileOf(path), { force: true });
    } catch (error) {
      throw new StorageUnavailableException(error);
    }
  }

  async read(path: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.fileOf(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new StorageUnavailableException(error);
    }
  }

  publicUrl(): undefined {
    return undefined;
  }

  private fileOf(path: string): string {
    return join(this.folder, path.slice(PREFIX.length));
  }

  /** A new folder outlives a power failure only if the one above is synchronised too. */
  private async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true });
    if (first === undefined) return;
    for (let made = folder; made.length >= first.length; made = dirname(made)) {
      await syncFolder(dirname(made));
    }
  }
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and needs no synchronising of it.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
