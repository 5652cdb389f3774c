import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';

/** Another living process uses the data folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';

  constructor(dataDir: string) {
    super(
      `DATA_DIR ${dataDir} is in use by another process of this service. ` +
        'Stop that one, or give this one a DATA_DIR of its own.',
    );
  }
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
 * @throws DataDirInUseError at once when another process holds it
 */
export function lockDataDir(dataDir: string): DataDirLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = openSync(join(dataDir, 'lock'), 'a+', 0o600);
  if (!tryLock(file)) {
    closeSync(file);
    throw new DataDirInUseError(dataDir);
  }
  return { release: () => closeSync(file) };
}
