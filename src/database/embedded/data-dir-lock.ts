import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';

/** The data folder cannot be used: another living process has it, or it cannot be made. */
export class DataDirError extends Error {
  override readonly name = 'DataDirError';
}

/** Held while a process owns a data folder. */
export interface DataDirLock {
  release(): void;
}

/**
 * Takes the folder for this process. PGlite does not notice a second process on its files and both
 * corrupt them, so the operating system's file lock stands in front: it ends with its process,
 * however that ends, and so never goes stale.
 *
 * @param dataDir is made where it is missing, readable by its owner only
 * @throws DataDirError at once when another process holds it, or it is no writable folder
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const file = openLockFile(dataDir);
  if (!tryLock(file)) {
    closeSync(file);
    throw new DataDirError(
      `DATA_DIR ${dataDir} is in use by another process of this service. ` +
        'Stop that one, or give this one a DATA_DIR of its own.',
    );
  }
  return { release: () => closeSync(file) };
}

function openLockFile(dataDir: string): number {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return openSync(join(dataDir, 'lock'), 'a+', 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataDirError(`DATA_DIR cannot be used: ${reason}`, { cause: error });
  }
}
