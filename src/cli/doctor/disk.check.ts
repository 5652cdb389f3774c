import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSettings } from '../../config/database.settings.js';
import { pickSettings, type Settings } from '../../config/settings.js';
import { fine, type Finding, reasonOf, wrong } from './finding.js';

const SUBJECT = 'disk';

const MEBIBYTE = 1024 * 1024;

/** Less is soon full: pictures of a busy hour, or a day's log. */
const LEAST_MIB = 500;

/** Looks whether DATA_DIR can be written, and has room. */
export async function diskCheck(settings: Settings): Promise<Finding> {
  const { dataDir } = pickSettings(settings, DatabaseSettings);
  try {
    const folder = await firstThatExists(dataDir);
    await access(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    const free = Math.floor((bavail * bsize) / MEBIBYTE);
    const text = `${free} MiB are free in DATA_DIR ${dataDir}`;
    return free < LEAST_MIB
      ? wrong(SUBJECT, text, `Make room: ${LEAST_MIB} MiB at least.`)
      : fine(SUBJECT, text);
  } catch (error) {
    return wrong(
      SUBJECT,
      `DATA_DIR cannot be used: ${reasonOf(error)}`,
      'Give the folder to the user that runs the service, or set another DATA_DIR.',
    );
  }
}

/** The folder, or the next above it that the start would make it in. */
async function firstThatExists(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  return exists || dirname(folder) === folder ? folder : firstThatExists(dirname(folder));
}
