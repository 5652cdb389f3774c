import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { freshDatabase } from '../support/test-database.js';

/** Each takes time to load, and most services are set to use few of them. */
const RARELY_NEEDED =
  /\/node_modules\/(@electric-sql\/pglite|nodemailer|ioredis|sharp|@aws-sdk|@alicloud|@opentelemetry\/sdk|@zxcvbn-ts)/;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-modules-'));
});

afterEach(async () => {
  await killServices();
  rmSync(folder, { recursive: true });
});

it('loads no library at the start that only other settings or later requests need', async () => {
  const service = await ServiceProcess.start({
    DATABASE_URL: await freshDatabase(),
    DATA_DIR: folder,
    NODE_V8_COVERAGE: folder,
  });
  await service.stop();
  const scripts = loadedScripts();
  expect(scripts.some((url) => url.includes('/node_modules/typeorm/'))).toBe(true);
  expect(scripts.filter((url) => RARELY_NEEDED.test(url))).toEqual([]);
});

/** The URLs of what the process has loaded, of which coverage has a list. */
function loadedScripts(): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith('coverage-'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage)
    .flatMap(({ result }) => result.map(({ url }) => url));
}

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}
