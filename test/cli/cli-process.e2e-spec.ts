import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { runCommand } from '../support/command.js';
import { freePort } from '../support/postgres-server.mjs';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { freshDatabase, unmigratedDatabase } from '../support/test-database.js';

// Processes that start one after another take long on a busy machine.
jest.setTimeout(240_000);

const PASSWORD = 'geheim';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nest-shopxo-cli-'));
});

afterAll(async () => {
  await killServices();
  await rm(folder, { recursive: true, force: true });
});

it('leaves an embedded database to the service, and works on it when that is stopped', async () => {
  const settings = { DATA_DIR: join(folder, 'data') };
  const none = await runCommand(settings, ['user', 'find', 'pppppp']);
  expect(none).toMatchObject({ code: 1, stdout: '' });
  expect(none.stderr).toMatch(/^There is no database: .*\n$/);

  const service = await ServiceProcess.start(settings);
  const refused = await runCommand(settings, ['user', 'find', 'pppppp']);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/is in use by another process.*\n.*stop the service.*\n$/);
  const doctor = await runCommand(settings, ['doctor']);
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(/^WRONG {2}database: .* is in use .* Stop the service/m);
  await service.stop();

  const found = await runCommand(settings, ['user', 'find', 'pppppp']);
  expect(found).toMatchObject({ code: 0, stderr: '' });
  expect(found.stdout).toMatch(/^469 +normal +pppppp/m);
});

it('never migrates: it says what to do', async () => {
  const settings = { DATABASE_URL: await unmigratedDatabase(), DATA_DIR: folder };
  const { code, stdout, stderr } = await runCommand(settings, ['user', 'ban', '1', '--by', 'kim']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^The database lacks \d+ migrations of this version, .*migration:run\.\n$/,
  );
  const doctor = await runCommand(settings, ['doctor', '--json']);
  expect(doctor.code).toBe(1);
  const { findings } = JSON.parse(doctor.stdout) as { findings: { subject: string }[] };
  expect(findings.find(({ subject }) => subject === 'migrations')).toMatchObject({
    state: 'wrong',
    remedy: expect.stringContaining('npm run migration:run'),
  });
});

it('tells of each neighbour that is away, without a secret, and goes on', async () => {
  const port = await freePort();
  const { code, stdout, stderr } = await runCommand(
    {
      DATABASE_URL: `postgres://shop:${PASSWORD}@127.0.0.1:${port}/shop`,
      REDIS_URL: `redis://:${PASSWORD}@127.0.0.1:${port}`,
      SMTP_URL: `smtp://shop:${PASSWORD}@127.0.0.1:${port}`,
      MAIL_FROM: 'shop@example.com',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_REGION: 'us-east-1',
      S3_BUCKET: 'pictures',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: PASSWORD,
      DATA_DIR: join(folder, 'new'),
    },
    ['doctor'],
  );
  expect(code).toBe(1);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^WRONG {2}database: .*ECONNREFUSED.* Look at DATABASE_URL/),
    expect.stringMatching(/^WRONG {2}Redis: .* Look at REDIS_URL/),
    expect.stringMatching(/^WRONG {2}S3: .* Look at S3_ENDPOINT/),
    expect.stringMatching(/^WRONG {2}mail: .* Look at SMTP_URL/),
    expect.stringMatching(/^- {6}SMS: /),
    expect.stringMatching(/^ok {5}disk: \d+ MiB/),
  ]);
  // Beside what the S3 client warns of.
  expect(stderr).toMatch(/4 of these are wrong\.\n$/);
  expect(stdout + stderr).not.toContain(PASSWORD);
});

it('shows where settings came from, and every wrong one', async () => {
  await writeFile(join(folder, '.env'), `SESSION_IDLE_DAYS=7\nID_CARD_KEY=${PASSWORD}\n`);
  const settings = { PORT: '0', DATABASE_URL: await freshDatabase() };
  const { code, stdout, stderr } = await runCommand(settings, ['config', 'check'], { cwd: folder });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^PORT +environment +0$/m);
  expect(stdout).toMatch(/^SESSION_IDLE_DAYS +\.env +7$/m);
  expect(stdout).toMatch(/^SESSION_ABSOLUTE_DAYS +default +180$/m);
  expect(stderr).toMatch(/^PORT must be a port number from 1 to 65535, not "0"$/m);
  expect(stdout + stderr).not.toContain(PASSWORD);
});

it('says that the database is away in one line', async () => {
  const url = `postgres://shop:${PASSWORD}@127.0.0.1:${await freePort()}/shop`;
  const result = await runCommand({ DATABASE_URL: url }, ['user', 'find', 'alice']);
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toMatch(/^DATABASE_URL cannot be reached: .*ECONNREFUSED.*\n$/);
  expect(result.stderr).not.toContain(PASSWORD);
});
