import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import pg from 'pg';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { noise, temporaryFolder } from '../support/pictures.js';
import { freePort } from '../support/postgres-server.mjs';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { NO_LIMITS } from '../support/test-app.js';
import { freshDatabase } from '../support/test-database.js';
import { bearer, json, send } from '../support/wire.js';
import { encodeUpload } from '../faults/support/bodies.js';
import { SaveLoad } from '../faults/support/save-load.js';
import { Nginx } from './support/nginx.js';

const MEGABYTE = 1_000_000;
/** Requests of each client. */
const SOME = 20;

let db: pg.Pool;
let folder: { path: string; remove: () => Promise<void> };
let settings: Record<string, string>;
let instances: [ServiceProcess, ServiceProcess];
let nginx: Nginx;
let user: TestUser;

beforeAll(async () => {
  const database = await freshDatabase('nginx');
  db = new pg.Pool({ connectionString: database, max: 5 });
  user = await createUser(db, { nickname: 'before' });
  folder = await temporaryFolder();
  settings = {
    ...CHEAP_HASHING,
    ...NO_LIMITS,
    NODE_ENV: 'production',
    DATABASE_URL: database,
    DATABASE_CONNECT_TIMEOUT_MS: '10000',
    DATABASE_STATEMENT_TIMEOUT_MS: '10000',
    DATA_DIR: folder.path,
    TRUST_PROXY: '1',
    SHUTDOWN_DELAY_MS: '1000',
    AVATAR_DECODE_SECONDS: '60',
  };
  instances = [await ServiceProcess.start(settings), await ServiceProcess.start(settings)];
  nginx = await Nginx.start(
    instances.map(({ url }) => new URL(url).host) as unknown as [string, string],
  );
});

afterAll(async () => {
  await nginx.stop();
  await killServices();
  await db.end();
  await folder.remove();
});

/** The requests that an instance has logged. */
const servedBy = ({ stdout }: ServiceProcess): number => stdout.split('"msg":"request"').length;

it('both instances serve', async () => {
  const before = instances.map(servedBy);
  const load = await SaveLoad.start(nginx.url, db);
  await load.successes(SOME);
  const report = await load.stop();
  expect(report).toMatchObject({ refused: 0, brokenOff: 0, lost: 0, others: [] });
  instances.forEach((instance, index) => {
    expect(servedBy(instance)).toBeGreaterThan(before[index]!);
  });
});

it('the service sees the address that connected, whatever the client claims', async () => {
  const { hostname, port } = new URL(nginx.url);
  const { method, path, headers, body } = json(
    '/personal/save',
    { nickname: 'from elsewhere' },
    { ...bearer(user.token), 'X-Forwarded-For': '192.0.2.1', 'X-Request-Id': 'a-caller-s-own' },
  );
  const answered = await new Promise((resolve, reject) => {
    request({ hostname, port, method, path, headers, localAddress: '127.0.0.9' }, (response) => {
      response.resume().on('end', () => resolve(response.headers['x-request-id']));
    })
      .on('error', reject)
      .end(body);
  });
  expect(answered).toBe('a-caller-s-own');
  const { rows } = await db.query(
    'SELECT client_address AS address, request_id FROM sxo_user_audit WHERE user_id = $1',
    [user.id],
  );
  expect(rows).toEqual([{ address: '127.0.0.9', request_id: 'a-caller-s-own' }]);
});

it('a picture of five megabytes passes, and more than six does not', async () => {
  const bytes = await noise(1_250, 1_250).png({ compressionLevel: 0 }).toBuffer();
  const picture = Buffer.concat([bytes, Buffer.alloc(5 * MEGABYTE - bytes.length)]);
  const upload = (file: Buffer) => {
    const { headers, body } = encodeUpload({}, { field: 'file', bytes: file });
    return send(nginx.url, {
      method: 'POST',
      path: '/personal/useravatarupload',
      headers: { ...headers, ...bearer(user.token) },
      body,
    });
  };
  expect(await upload(picture)).toMatchObject({ status: 200, body: { code: 0 } });
  expect(await upload(Buffer.alloc(7 * MEGABYTE))).toMatchObject({ status: 413 });
});

it('no save fails while an instance is stopped and started again', async () => {
  const load = await SaveLoad.start(nginx.url, db);
  await load.successes(SOME);
  const [one] = instances;
  expect(await one.stop()).toEqual({ code: 0, signal: null });
  await load.successes(SOME);
  instances[0] = await ServiceProcess.start({ ...settings, PORT: new URL(one.url).port });
  const before = servedBy(instances[0]);
  while (servedBy(instances[0]) === before) await load.successes(SOME);
  const report = await load.stop();
  expect(report).toMatchObject({ refused: 0, brokenOff: 0, lost: 0, others: [] });
});

it('no save fails when an instance is killed and started again', async () => {
  const load = await SaveLoad.start(nginx.url, db);
  await load.successes(SOME);
  const [one] = instances;
  await one.kill();
  await load.successes(SOME);
  instances[0] = await ServiceProcess.start({ ...settings, PORT: new URL(one.url).port });
  const before = servedBy(instances[0]);
  while (servedBy(instances[0]) === before) await load.successes(SOME);
  const report = await load.stop();
  expect(report).toMatchObject({ refused: 0, brokenOff: 0, lost: 0, others: [] });
});

/** Ends what a test has started, though it failed. */
const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** Runs with an nginx that has another server, which fails, in place of the first instance. */
async function beside(other: string, work: (nginx: Nginx) => Promise<void>): Promise<void> {
  const halved = await Nginx.start([other, new URL(instances[1].url).host]);
  try {
    await work(halved);
  } finally {
    await halved.stop();
  }
}

it('a save is sent again however it names its action, and another write is not', async () => {
  const { token } = await createUser(db);
  let heard = '';
  // Takes a request, and dies of it.
  const dying = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', (bytes) => {
        heard += bytes.toString();
        socket.destroy();
      });
  });
  ends.push(() => dying.close());
  await once(dying.listen(0, '127.0.0.1'), 'listening');
  const sendUntilHeard = async (url: string, path: string) => {
    heard = '';
    for (;;) {
      const answer = await send(url, json(path, { nickname: 'again' }, bearer(token)));
      if (heard.includes(`POST ${path} `)) return answer;
      expect(answer.status).toBe(200);
    }
  };
  await beside(`127.0.0.1:${(dying.address() as AddressInfo).port}`, async ({ url }) => {
    for (const path of [
      '/personal/save',
      '/api.php?s=personal/save',
      '/api.php?s=%2FPersonal%2FSave&application=app',
      '/api.php/Personal/Save.html',
    ]) {
      expect(await sendUntilHeard(url, path)).toMatchObject({ status: 200, body: { code: 0 } });
    }
    for (const path of ['/useraddress/save', '/api.php?s=useraddress/save']) {
      expect(await sendUntilHeard(url, path)).toMatchObject({ status: 502 });
    }
  });
});

it('a save is sent again where an instance does not take the connection', async () => {
  const port = await freePort();
  const listen = `require('net').createServer().listen({ host: '127.0.0.1', port: ${port}, backlog: 1 },
    () => process.stdout.write('listens'))`;
  const deaf = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(() => deaf.kill('SIGKILL'));
  await once(deaf.stdout, 'data');
  deaf.kill('SIGSTOP');
  // The system takes two connections for it, and no more.
  const waiting = Array.from({ length: 8 }, () =>
    connect(port, '127.0.0.1').on('error', () => undefined),
  );
  ends.push(() => waiting.forEach((socket) => socket.destroy()));
  await Promise.race(waiting.map((socket) => once(socket, 'connect')));
  const wire = json('/personal/save', { nickname: 'again' }, bearer((await createUser(db)).token));
  const sentAgain = new RegExp(`"path":"/personal/save".*"upstream":"127.0.0.1:${port}, `);
  await beside(`127.0.0.1:${port}`, async (halved) => {
    while (!sentAgain.test(halved.log)) {
      expect(await send(halved.url, wire)).toMatchObject({ status: 200, body: { code: 0 } });
    }
  });
});

it('no log has a query or a token, not even of a request that fails', async () => {
  const path = `/api.php?s=personal/index&token=${user.token}`;
  expect(await send(nginx.url, { path })).toMatchObject({ status: 200, body: { code: 0 } });
  await Promise.all(instances.map((instance) => instance.kill()));
  expect(await send(nginx.url, { path })).toMatchObject({ status: 502 });
  const all = [nginx.log, ...instances.map(({ stdout, stderr }) => stdout + stderr)].join('');
  expect(all).toContain('/api.php');
  expect(all).not.toContain(user.token);
  expect(all).not.toContain('s=personal');
  expect(await rowOf(db, user.id)).toMatchObject({ nickname: 'from elsewhere' });
});
