import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import pg from 'pg';
import { PROJECT_ROOT } from '../../src/config/project-root.js';
import { loadSettings } from '../../src/config/settings.js';
import { DEMONSTRATION } from '../../src/modules/demonstration/demonstration.account.js';
import { USER_VIEW_EXAMPLE } from '../../src/modules/personal/personal.openapi.js';
import { explain, start } from '../../src/start.js';
import { welcome } from '../../src/welcome.js';
import { createSession, createUser, rowOf } from '../support/accounts.js';
import {
  callAsDemonstration,
  nicknameIn,
  type ProfileAnswer,
  save,
} from '../support/demonstration-caller.js';
import { pasteCurl } from '../support/curl.js';
import { freePort } from '../support/postgres-server.mjs';
import { type Exit, killServices, ServiceProcess, START } from '../support/service-process.js';
import { startTestApp } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';

const REFUSED = { msg: '登录失效，请重新登录', code: -400, data: [] };
// Processes that start one after another take long on a busy machine.
jest.setTimeout(120_000);

let folders: string;

/** What the first start on an empty folder did; its folder is what the other tests copy. */
let first: { stdout: string; url: string; dataDir: string; answer: ProfileAnswer; exit: Exit };

const copyOfFirst = async (): Promise<string> => {
  const copy = await mkdtemp(join(folders, 'data-'));
  await cp(first.dataDir, copy, { recursive: true });
  return copy;
};

const curlIn = (text: string): string => /^curl (?:.*\\\n)*.*$/m.exec(text)?.[0] ?? '';

beforeAll(async () => {
  folders = await mkdtemp(join(tmpdir(), 'nest-shopxo-start-'));
  const dataDir = join(folders, 'made', 'by the start');
  const service = await ServiceProcess.start({ DATA_DIR: dataDir });
  const { stdout, url } = service;
  const answer = JSON.parse(await pasteCurl(curlIn(stdout))) as ProfileAnswer;
  first = { stdout, url, dataDir, answer, exit: await service.stop() };
});

afterAll(async () => {
  await killServices();
  await rm(folders, { recursive: true, force: true });
});

describe('the first start', () => {
  it('prints where it answers and where its data lies', () => {
    expect(first.stdout).toContain(`answers at ${first.url} `);
    expect(first.stdout).toContain(`data lies in ${first.dataDir} `);
  });

  it("prints a request that gives the documentation's answer", () => {
    const { msg, code, data } = first.answer;
    expect({ msg, code }).toEqual({ msg: '修改成功', code: 0 });
    expect(Object.keys(data)).toEqual(Object.keys(USER_VIEW_EXAMPLE));
    expect(data).toEqual({
      ...USER_VIEW_EXAMPLE,
      avatar: USER_VIEW_EXAMPLE.avatar.replace('http://shopxo.com', first.url),
      upd_time: expect.stringMatching(/^\d{10}$/),
      upd_time_text: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
    expect(Math.abs(Number(data.upd_time) - Date.now() / 1_000)).toBeLessThan(60);
  });

  it('exits with 0 when asked to stop', () => {
    expect(first.exit).toEqual({ code: 0, signal: null });
  });
});

describe('two processes that start at once on the folder of a service that was stopped', () => {
  let dataDir: string;
  let winner: ServiceProcess;
  let loser: ServiceProcess;

  beforeAll(async () => {
    dataDir = await copyOfFirst();
    const settings = { DATA_DIR: dataDir };
    const both = await Promise.all([settings, settings].map((one) => ServiceProcess.spawn(one)));
    loser = await Promise.race(both.map((one) => one.exited.then(() => one)));
    winner = both.find((one) => one !== loser)!;
    await winner.ready();
  });

  afterAll(killServices);

  it('do not share it: the loser ends and says why', async () => {
    expect(await loser.exited).toEqual({ code: 1, signal: null });
    expect(loser.stderr).toContain(`DATA_DIR ${dataDir} is in use`);
    expect(loser.stderr).not.toMatch(/^ +at /m);
  });

  it('find everything there: the winner goes on with it', async () => {
    const { avatar, ...profile } = first.answer.data;
    const { data } = await callAsDemonstration(winner, 'personal/index');
    expect(data.data).toEqual({ ...profile, avatar: avatar.replace(first.url, winner.url) });
    expect(await save(winner, 'goes on')).toMatchObject({ code: 0, data: { nickname: 'goes on' } });
  });
});

describe('the demonstration account', () => {
  afterEach(killServices);

  it('is taken out of a development folder by a start in another mode', async () => {
    const modes = ['production', 'test'];
    const [dataDir] = await Promise.all(
      modes.map(async (mode) => {
        const copy = await copyOfFirst();
        const service = await ServiceProcess.start({ DATA_DIR: copy, NODE_ENV: mode });
        expect(await save(service, 'x')).toEqual(REFUSED);
        expect(service.stdout).not.toContain(DEMONSTRATION.token);
        expect(service.stdout).not.toContain('curl');
        await service.stop();
        return copy;
      }),
    );

    // Back in development it is made anew, without what was saved before.
    const again = await ServiceProcess.start({ DATA_DIR: dataDir!, NODE_ENV: 'development' });
    expect(await nicknameIn(again)).toBe('');
  });

  it('is not made in a configured database, where its token is worth nothing', async () => {
    const url = await freshDatabase('development');
    const { token, ...row } = DEMONSTRATION;
    const db = new pg.Pool({ connectionString: url, max: 1 });
    const user = await createUser(db, row);
    await createSession(db, user.id, {}, token);
    const before = await rowOf(db, user.id);

    const test = await startTestApp({ DATABASE_URL: url, NODE_ENV: 'development' });
    const { body } = await test.http.post('/personal/save').send({ token, nickname: 'x' });
    expect(body).toEqual(REFUSED);
    expect(welcome(test.app)).not.toContain(token);
    expect(await rowOf(db, user.id)).toEqual(before);
    expect((await db.query('SELECT FROM sxo_user')).rowCount).toBe(1);

    await db.query('DELETE FROM sxo_user');
    const again = await startTestApp({ DATABASE_URL: url, NODE_ENV: 'development' });
    expect((await db.query('SELECT FROM sxo_user')).rowCount).toBe(0);
    expect((await db.query('SELECT FROM sxo_user_session')).rowCount).toBe(0);
    await Promise.all([test.close(), again.close(), db.end()]);
  });
});

describe('a start that cannot be', () => {
  const PASSWORD = 'geheim';

  /** What its operator reads of such a start in this process. */
  const failure = async (settings: Record<string, string>): Promise<string> => {
    const error: unknown = await start(loadSettings({ LOG_LEVEL: 'silent', ...settings })).then(
      () => new Error('it started'),
      (reason: unknown) => reason,
    );
    const message = explain(error);
    expect(message).not.toMatch(/^ +at /m);
    expect(message).not.toContain(PASSWORD);
    return message;
  };

  it('has one line for each wrong setting, and exits with 1', async () => {
    const service = await ServiceProcess.spawn({
      PORT: '0',
      NODE_ENV: 'staging',
      TRUST_PROXY: 'everyone',
      DATABASE_URL: `mysql://shop:${PASSWORD}@localhost/shop`,
    });
    expect(await service.exited).toEqual({ code: 1, signal: null });
    expect(service.stdout).toBe('');
    expect(service.stderr).not.toContain(PASSWORD);
    expect(service.stderr.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^DATABASE_URL must be /),
      expect.stringMatching(/^NODE_ENV must be /),
      'PORT must be a port number from 1 to 65535, not "0"',
      expect.stringMatching(/^TRUST_PROXY must be /),
    ]);
  });

  it('names the line of a .env that it cannot read, and exits with 1', async () => {
    const cwd = await mkdtemp(join(folders, 'env-'));
    await writeFile(join(cwd, '.env'), 'NODE_ENV: production\n');
    const script = fileURLToPath(new URL(START, PROJECT_ROOT));
    const env = { PATH: process.env.PATH, PORT: String(await freePort()) };
    const run = promisify(execFile)(process.execPath, [script], { cwd, env });
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: '.env line 1 must be NAME=value\n',
    });
  });

  it.each(['PORT', 'METRICS_PORT'])('names %s when it is taken', async (setting) => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const database = await freshDatabase('port');
      const message = await failure({ [setting]: String(port), DATABASE_URL: database });
      expect(message).toMatch(new RegExp(`^${setting} .*already in use.*$`));
    } finally {
      other.close();
    }
  });

  it('names HOST, not the database, when it does not resolve', async () => {
    const database = await freshDatabase('host');
    const message = await failure({ HOST: 'host.invalid', DATABASE_URL: database });
    expect(message).toMatch(/HOST .*host\.invalid$/);
    expect(message).not.toContain('DATABASE_URL');
  });

  it('names DATA_DIR when it is no folder', async () => {
    const file = join(folders, 'file');
    await writeFile(file, '');
    expect(await failure({ DATA_DIR: file })).toMatch(/^DATA_DIR .*$/);
  });

  it('names DATABASE_URL, without its password, when no server is there', async () => {
    const url = `postgres://shop:${PASSWORD}@localhost:${await freePort()}/shop`;
    const service = await ServiceProcess.spawn({ DATABASE_URL: url });
    expect(await service.exited).toEqual({ code: 1, signal: null });
    expect(service.stderr).toMatch(/^DATABASE_URL .*ECONNREFUSED.*\n$/);
    expect(service.stdout + service.stderr).not.toContain(PASSWORD);
  });

  it('names DATABASE_URL when the server has no such database', async () => {
    const url = new URL(await freshDatabase('missing'));
    url.password = PASSWORD;
    url.pathname = '/no_such_database';
    expect(await failure({ DATABASE_URL: url.href })).toMatch(
      /^DATABASE_URL .*no_such_database.*$/,
    );
  });
});
