import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { DEMONSTRATION } from '../src/modules/demonstration/demonstration.account.js';
import { USER_VIEW_EXAMPLE } from '../src/modules/personal/personal.openapi.js';
import { createSession, createUser, rowOf } from './support/accounts.js';
import { pasteCurl } from './support/curl.js';
import { freePort } from './support/postgres-server.mjs';
import { type Exit, killServices, ServiceProcess } from './support/service-process.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { freshDatabase } from './support/test-database.js';

const REFUSED = { msg: '登录失效，请重新登录', code: -400, data: [] };
// Processes that start one after another take long on a busy machine.
jest.setTimeout(120_000);

type Profile = typeof USER_VIEW_EXAMPLE;

interface Answer {
  readonly msg: string;
  readonly code: number;
  /** What personal/save has there, and in `data` what personal/index has. */
  readonly data: Profile & { readonly data: Profile };
}

let folders: string;

/** What the first start on an empty folder did; its folder is what the other tests copy. */
let first: { stdout: string; url: string; dataDir: string; answer: Answer; exit: Exit };

const post = async (
  service: ServiceProcess,
  action: string,
  body: object = {},
): Promise<Answer> => {
  const response = await fetch(`${service.url}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${DEMONSTRATION.token}` },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
};

const save = (service: ServiceProcess, nickname: string) =>
  post(service, 'personal/save', { nickname });

const nicknameIn = async (service: ServiceProcess): Promise<string> =>
  (await post(service, 'personal/index')).data.data.nickname;

const newFolder = (): Promise<string> => mkdtemp(join(folders, 'data-'));

const copyOfFirst = async (): Promise<string> => {
  const copy = await newFolder();
  await cp(first.dataDir, copy, { recursive: true });
  return copy;
};

const curlIn = (text: string): string => /^curl (?:.*\\\n)*.*$/m.exec(text)?.[0] ?? '';

beforeAll(async () => {
  folders = await mkdtemp(join(tmpdir(), 'nest-shopxo-start-'));
  const dataDir = join(folders, 'made', 'by the start');
  const service = await ServiceProcess.start({ DATA_DIR: dataDir });
  const { stdout, url } = service;
  const answer = (await pasteCurl(curlIn(stdout))) as Answer;
  first = { stdout, url, dataDir, answer, exit: await service.stop() };
});

afterEach(killServices);

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

describe('a data folder', () => {
  it('keeps everything for the next start', async () => {
    const service = await ServiceProcess.start({ DATA_DIR: await copyOfFirst() });
    const { avatar, ...profile } = first.answer.data;
    const { data } = await post(service, 'personal/index');
    expect(data.data).toEqual({ ...profile, avatar: avatar.replace(first.url, service.url) });
  });

  it('is had by one of two processes that start at once', async () => {
    const settings = { DATA_DIR: await copyOfFirst() };
    const both = await Promise.all([settings, settings].map((one) => ServiceProcess.spawn(one)));
    const loser = await Promise.race(both.map((one) => one.exited.then(() => one)));
    const winner = both.find((one) => one !== loser)!;

    expect(await loser.exited).toEqual({ code: 1, signal: null });
    expect(loser.stderr).toContain(`DATA_DIR ${settings.DATA_DIR} is in use`);
    expect(loser.stderr).not.toMatch(/^ +at /m);
    await winner.ready();
    expect(await save(winner, 'goes on')).toMatchObject({ code: 0, data: { nickname: 'goes on' } });
  });

  it('loses no answered save to kill -9', async () => {
    const KILLS = 5;
    const SAVES_BEFORE_EACH = 40;
    const dataDir = await copyOfFirst();
    let sent = 0;
    let answered = 0;

    /** Saves one after another until the process is gone. */
    const saveUntilKilled = async (service: ServiceProcess): Promise<void> => {
      const deadline = answered + SAVES_BEFORE_EACH;
      for (;;) {
        sent += 1;
        const answer = await save(service, String(sent)).catch(() => undefined);
        if (answer === undefined) return;
        expect(answer).toMatchObject({ code: 0, data: { nickname: String(sent) } });
        answered = sent;
        if (answered === deadline) setTimeout(() => void service.kill(), randomInt(20));
      }
    };

    let service = await ServiceProcess.start({ DATA_DIR: dataDir });
    for (let kill = 0; kill < KILLS; kill += 1) {
      await saveUntilKilled(service);
      expect(await service.exited).toEqual({ code: null, signal: 'SIGKILL' });
      service = await ServiceProcess.start({ DATA_DIR: dataDir });
      const kept = Number(await nicknameIn(service));
      expect(kept).toBeGreaterThanOrEqual(answered);
      expect(kept).toBeLessThanOrEqual(sent);
    }
    expect(answered).toBeGreaterThanOrEqual(KILLS * SAVES_BEFORE_EACH);
  });

  it('can be started on after kill -9 in its first initialisation', async () => {
    const dataDir = await newFolder();
    const killOnceThereIs = async (name: string, afterMs: number): Promise<void> => {
      const service = await ServiceProcess.spawn({ DATA_DIR: dataDir });
      await service.until(() => existsSync(join(dataDir, name)));
      await sleep(afterMs);
      expect(await service.kill()).toEqual({ code: null, signal: 'SIGKILL' });
      expect(service.stdout).toBe('');
    };
    // While the database is made, and once it is there but has no tables yet.
    await killOnceThereIs('postgres.unfinished', randomInt(1_500));
    await killOnceThereIs('postgres', randomInt(20));

    const service = await ServiceProcess.start({ DATA_DIR: dataDir });
    expect(await save(service, 'well')).toMatchObject({ code: 0 });
  });
});

describe('the demonstration account', () => {
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

  describe('in a configured database', () => {
    let url: string;
    let test: TestApp;

    beforeEach(async () => {
      url = await freshDatabase('development');
      test = await startTestApp({ DATABASE_URL: url, NODE_ENV: 'development' });
    });

    afterEach(() => test.close());

    it('is not made', async () => {
      const { rows } = await test.db.query(
        'SELECT (SELECT count(*) FROM sxo_user) + (SELECT count(*) FROM sxo_user_session) AS count',
      );
      expect(rows).toEqual([{ count: '0' }]);
    });

    it('has no valid token, and its row is left alone', async () => {
      const { token, ...row } = DEMONSTRATION;
      const user = await createUser(test.db, row);
      await createSession(test.db, user.id, {}, token);
      const before = await rowOf(test.db, user.id);

      const service = await ServiceProcess.start({ DATABASE_URL: url, NODE_ENV: 'development' });
      expect(await save(service, 'x')).toEqual(REFUSED);
      expect(service.stdout).not.toContain(token);
      expect(await rowOf(test.db, user.id)).toEqual(before);
    });
  });
});

describe('a start that cannot be', () => {
  const PASSWORD = 'geheim';

  /** Starts it, expects it to end, and gives what it wrote for its operator. */
  const failure = async (settings: Record<string, string>): Promise<string> => {
    const service = await ServiceProcess.spawn(settings);
    expect(await service.exited).toEqual({ code: 1, signal: null });
    expect(service.stdout + service.stderr).not.toMatch(/^ +at /m);
    expect(service.stdout + service.stderr).not.toContain(PASSWORD);
    return service.stderr;
  };

  it('has one line for each wrong setting', async () => {
    expect(await failure({ PORT: '0' })).toBe(
      'PORT must be a port number from 1 to 65535, not "0"\n',
    );
    const lines = await failure({
      NODE_ENV: 'staging',
      TRUST_PROXY: 'everyone',
      DATABASE_URL: `mysql://shop:${PASSWORD}@localhost/shop`,
    });
    expect(lines.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^DATABASE_URL must be /),
      expect.stringMatching(/^NODE_ENV must be /),
      expect.stringMatching(/^TRUST_PROXY must be /),
    ]);
  });

  it.each(['PORT', 'METRICS_PORT'])('names %s when it is taken', async (setting) => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const database = await freshDatabase('port');
      const message = await failure({ [setting]: String(port), DATABASE_URL: database });
      expect(message).toMatch(new RegExp(`^${setting} .*already in use.*\\n$`));
    } finally {
      other.close();
    }
  });

  it('names HOST, not the database, when it does not resolve', async () => {
    const database = await freshDatabase('host');
    const message = await failure({ HOST: 'host.invalid', DATABASE_URL: database });
    expect(message).toMatch(/HOST .*host\.invalid\n$/);
    expect(message).not.toContain('DATABASE_URL');
  });

  it('names DATA_DIR when it is no folder', async () => {
    const file = join(folders, 'file');
    await writeFile(file, '');
    expect(await failure({ DATA_DIR: file })).toMatch(/^DATA_DIR .*\n$/);
  });

  it('names DATABASE_URL, without its password, when no server is there', async () => {
    const url = `postgres://shop:${PASSWORD}@localhost:${await freePort()}/shop`;
    expect(await failure({ DATABASE_URL: url })).toMatch(/^DATABASE_URL .*ECONNREFUSED.*\n$/);
  });

  it('names DATABASE_URL when the server has no such database', async () => {
    const url = new URL(await freshDatabase('missing'));
    url.password = PASSWORD;
    url.pathname = '/no_such_database';
    expect(await failure({ DATABASE_URL: url.href })).toMatch(
      /^DATABASE_URL .*no_such_database.*\n$/,
    );
  });
});
