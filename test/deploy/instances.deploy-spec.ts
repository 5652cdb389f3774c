import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { loadSettings, settingNames } from '../../src/config/settings.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { temporaryFolder } from '../support/pictures.js';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { unmigratedDatabase } from '../support/test-database.js';
import { send } from '../support/wire.js';
import { longestStopMs } from './support/stop-time.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const UNIT = 'nest-shopxo@.service';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const unit = read(`deploy/systemd/${UNIT}`);

/** What PM2 reads, as far as it is used. */
interface Ecosystem {
  readonly apps: readonly [
    {
      readonly cwd: string;
      readonly script: string;
      readonly node_args: readonly string[];
      readonly exec_mode: string;
      readonly instances: number;
      readonly increment_var: string;
      readonly env: Readonly<Record<string, string>>;
      readonly kill_timeout: number;
    },
  ];
}

const {
  apps: [app],
} = createRequire(import.meta.url)(join(ROOT, 'deploy/pm2/ecosystem.config.cjs')) as Ecosystem;

/** One way to run several instances on a machine. */
interface Manager {
  /** Node's flags and the program, relative to the project. */
  readonly command: readonly string[];
  /** What an instance's environment has, by its port. */
  readonly environment: (port: number) => Record<string, string>;
  /** Milliseconds from the request to stop to the kill. */
  readonly stopMs: number;
}

const directive = (name: string): string =>
  new RegExp(`^${name}=(.+)$`, 'm').exec(unit)?.[1] ?? `no ${name}`;

const systemd: Manager = {
  command: directive('ExecStart').replace('/usr/bin/node ', '').split(' '),
  environment: (port) => {
    const lines = Array.from(unit.matchAll(/^Environment=(.+)$/gm), ([, line]) => line);
    return parseEnv(lines.join(' ').replaceAll('%i', String(port)).replaceAll(' ', '\n')) as Record<
      string,
      string
    >;
  },
  stopMs: Number(directive('TimeoutStopSec')) * 1_000,
};

const pm2: Manager = {
  command: [...app.node_args, app.script],
  environment: (port) => ({ ...app.env, [app.increment_var]: String(port) }),
  stopMs: app.kill_timeout,
};

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  const listening = once(server.listen(port, '127.0.0.1'), 'listening').then(
    () => true,
    () => false,
  );
  const free = await listening;
  server.close();
  return free;
};

/** A port of an instance: one that is free, as is the port of its figures, a 1 and the same digits. */
async function instancePort(): Promise<number> {
  for (;;) {
    const port = randomInt(2_000, 5_500);
    if ((await isFree(port)) && (await isFree(10_000 + port))) return port;
  }
}

describe.each([
  ['systemd', systemd],
  ['PM2', pm2],
])('the instances of %s', (_, { command, environment, stopMs }) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let shared: Record<string, string>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    // What an operator sets for all of them. Both start on an empty database at once.
    shared = {
      ...CHEAP_HASHING,
      DATABASE_URL: await unmigratedDatabase(),
      DATABASE_CONNECT_TIMEOUT_MS: '10000',
      DATABASE_STATEMENT_TIMEOUT_MS: '10000',
      DATA_DIR: folder.path,
    };
  });

  afterAll(async () => {
    await killServices();
    await folder.remove();
  });

  it('start at once, answer on their own ports, and stop in order', async () => {
    const ports = [await instancePort(), await instancePort()];
    const instances = await Promise.all(
      ports.map((port) =>
        ServiceProcess.start(
          { ...environment(port), ...shared },
          { command: [process.execPath, ...command] },
        ),
      ),
    );
    expect(instances.map(({ url }) => url)).toEqual(
      ports.map((port) => `http://127.0.0.1:${port}`),
    );
    for (const { url } of instances) {
      expect(await send(url, { path: '/region/index' })).toMatchObject({ body: { code: 0 } });
    }
    const exits = await Promise.all(instances.map((instance) => instance.stop()));
    expect(exits).toEqual(ports.map(() => ({ code: 0, signal: null })));
  });

  it('have settings that the service knows, and the time that they need to stop', () => {
    const settings = environment(3001);
    expect(settingNames()).toEqual(expect.arrayContaining(Object.keys(settings)));
    expect(settings).toMatchObject({ NODE_ENV: 'production', PORT: '3001', TRUST_PROXY: '1' });
    expect(stopMs).toBeGreaterThan(longestStopMs(loadSettings({ ...shared, ...settings })));
  });
});

it('Node has the same flags under each of them, in the image and with `npm start`', () => {
  const flags = (text: string) => text.match(/--[\w-]+=\w+/g);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const image = /^CMD .*$/m.exec(read('Dockerfile'))?.[0] ?? '';
  const commands = [image, ...[systemd, pm2].map(({ command }) => command.join(' '))];
  expect(flags(scripts.start)).not.toBeNull();
  for (const command of commands) expect(flags(command)).toEqual(flags(scripts.start));
});

describe('the unit of systemd', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-systemd-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** What systemd says of a unit, with this machine's Node.js. */
  const verify = (text: string): string => {
    const file = join(folder, UNIT);
    writeFileSync(file, text.replace('/usr/bin/node', process.execPath));
    const { error, stdout, stderr } = spawnSync('systemd-analyze', ['verify', file], {
      encoding: 'utf8',
    });
    if (error) throw new Error("systemd-analyze is missing; Debian's package is systemd");
    return stdout + stderr;
  };

  it('is one that systemd accepts without a word', () => {
    expect(verify(unit)).toBe('');
  });

  it('would be found out if it had an unknown field, or no program', () => {
    expect(verify(unit.replace('RestartSec=', 'RestartSek='))).toContain('RestartSek');
    expect(verify(unit.replace('/usr/bin/node', '/no/such/node'))).toContain('/no/such/node');
  });
});

it('PM2 runs each instance as a process of its own, from the project', () => {
  expect(app).toMatchObject({ exec_mode: 'fork', script: 'dist/src/main.js' });
  expect(resolve(app.cwd)).toBe(resolve(ROOT));
  expect(app.instances).toBeGreaterThan(1);
});
