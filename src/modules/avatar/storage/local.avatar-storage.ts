import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type AvatarStorage,
  PICTURE_FOLDERS,
  type StoredFile,
  StorageUnavailableException,
} from './avatar-storage.js';

/** What paths begin with, and the folders in the data folder that they lie in. */
const FOLDERS = { '/static/upload/': 'upload', '/private/': 'private' } as const;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * Keeps pictures on this machine's disk: `/static/upload/x` in the file `<data folder>/upload/x`,
 * `/private/x` in `<data folder>/private/x`.
 */
export class LocalAvatarStorage implements AvatarStorage {
  constructor(private readonly dataDir: string) {}

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

  /** A page for every folder, which has the pictures of a month. */
  async *pages(): AsyncGenerator<StoredFile[]> {
    for (const top of PICTURE_FOLDERS) {
      for (const folder of await this.foldersBelow(top)) yield await this.filesIn(folder);
    }
  }

  publicUrl(): undefined {
    return undefined;
  }

  /** The folder itself and all below it, each with a slash at its end. */
  private async foldersBelow(folder: string): Promise<string[]> {
    const entries = await this.entriesOf(folder);
    const below = entries.filter((entry) => entry.isDirectory());
    const nested = await Promise.all(
      below.map(({ name }) => this.foldersBelow(`${folder}${name}/`)),
    );
    return [folder, ...nested.flat()];
  }

  private async filesIn(folder: string): Promise<StoredFile[]> {
    const files: StoredFile[] = [];
    for (const entry of await this.entriesOf(folder)) {
      if (!entry.isFile()) continue;
      const path = folder + entry.name;
      const found = await unlessMissing(stat(this.fileOf(path)), undefined);
      if (found) files.push({ path, modified: found.mtime });
    }
    return files;
  }

  private entriesOf(folder: string): Promise<Dirent[]> {
    return unlessMissing(readdir(this.fileOf(folder), { withFileTypes: true }), []);
  }

  private fileOf(path: string): string {
    for (const [prefix, folder] of Object.entries(FOLDERS)) {
      if (path.startsWith(prefix)) return join(this.dataDir, folder, path.slice(prefix.length));
    }
    throw new Error(`No picture has the path ${path}`);
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

/** What another instance removes meanwhile is no failure. */
async function unlessMissing<Result, Other>(
  work: Promise<Result>,
  otherwise: Other,
): Promise<Result | Other> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw new StorageUnavailableException(error);
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
