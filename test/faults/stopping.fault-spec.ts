import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { RawConnection } from '../support/raw-connection.js';
import { lockRow, type RowLock } from '../support/row-lock.js';
import { killServices, ServiceProcess } from '../support/service-process.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, json, send } from '../support/wire.js';

jest.setTimeout(60_000);

let test: TestApp;
let user: TestUser;
let lock: RowLock | undefined;

const start = async (env: Record<string, string> = {}): Promise<void> => {
  test = await startTestApp(env);
  user = await createUser(test.db, { nickname: 'before' });
};

const save = (url: string): Promise<Answer> =>
  send(url, json('/personal/save', { nickname: 'saved' }, bearer(user.token)));

/** A save that is in flight until the lock is released. */
const blockedSave = async (url = test.url): Promise<{ answer: Promise<Answer> }> => {
  lock = await lockRow(test.db, user.id);
  const answer = save(url);
  await lock.awaited(1);
  return { answer };
};

const release = async (): Promise<void> => {
  await lock?.release();
  lock = undefined;
};

/** Waits until new connections are refused. */
async function untilRefused(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const isRefused = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = createConnection(Number(port), hostname);
      socket.once('connect', () => {
        socket.destroy();
        resolve(false);
      });
      socket.once('error', () => resolve(true));
    });
  while (!(await isRefused())) await sleep(10);
}

/** A connection that was used and is kept. */
async function keptAlive(url = test.url): Promise<RawConnection> {
  const connection = await RawConnection.open(url);
  connection.request('GET', '/health/live');
  const { head } = await connection.answer();
  expect(head).toMatch(/^connection: keep-alive/im);
  return connection;
}

afterEach(async () => {
  await release();
  await killServices();
  await test.close();
});

it('is not ready at once, and answers for the last time what still arrives', async () => {
  await start();
  const kept = [await keptAlive(), await keptAlive(), await keptAlive()] as const;
  const adapter = test.app.getHttpAdapter();
  const close = adapter.close.bind(adapter);
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const closeCalled = new Promise<void>((resolve) => {
    jest.spyOn(adapter, 'close').mockImplementationOnce(async () => {
      resolve();
      await held;
      return close() as Promise<unknown>;
    });
  });

  const stopped = test.app.close();
  await closeCalled;
  kept[0].request('GET', '/health/ready');
  kept[1].request('GET', '/health/live');
  kept[2].request('GET', '/personal/index', bearer(user.token));
  const [ready, live, index] = await Promise.all(kept.map((one) => one.answer()));
  expect(ready).toMatchObject({ status: 503, body: { status: 'shutting_down' } });
  expect(live).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(index).toMatchObject({ status: 200, body: { code: 0 } });
  for (const answer of [ready, live, index]) expect(answer?.head).toMatch(/^connection: close/im);
  expect((await save(test.url)).headers.connection).toBe('close');
  goOn();
  await stopped;
});

it('answers what is in flight, and keeps no idle connection meanwhile', async () => {
  await start();
  const [idle, silent] = [await keptAlive(), await RawConnection.open(test.url)];
  const inFlight = await blockedSave();
  const stopped = test.app.close();
  await Promise.all([untilRefused(test.url), idle.closed, silent.closed]);
  await release();
  const { status, headers, body } = await inFlight.answer;
  expect({ status, connection: headers.connection }).toEqual({ status: 200, connection: 'close' });
  expect(body).toMatchObject({ code: 0, data: { nickname: 'saved' } });
  await stopped;
  expect(await rowOf(test.db, user.id)).toMatchObject({ nickname: 'saved' });
});

it('waits for a request that is still arriving', async () => {
  await start();
  const slow = await RawConnection.open(test.url);
  slow.socket.write('GET /personal/index HTTP/1.1\r\nHost: shop.test\r\n');
  const inFlight = await blockedSave();
  const idle = await keptAlive();
  const stopped = test.app.close();
  await Promise.all([untilRefused(test.url), idle.closed]);
  slow.socket.write(`Authorization: Bearer ${user.token}\r\n\r\n`);
  expect(await slow.answer()).toMatchObject({ status: 200, body: { code: 0 } });
  await release();
  await inFlight.answer;
  await stopped;
});

it('answers -503 for what takes too long', async () => {
  await start({ SHUTDOWN_TIMEOUT_MS: '200', DATABASE_STATEMENT_TIMEOUT_MS: '2000' });
  const inFlight = await blockedSave();
  const stopped = test.app.close();
  const { status, headers, body } = await inFlight.answer;
  expect({ status, body }).toMatchObject({ status: 503, body: { code: -503, data: [] } });
  expect(headers).toMatchObject({
    connection: 'close',
    'retry-after': expect.stringMatching(/^[1-9]\d*$/),
  });
  await stopped;
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: the process answers, and exits with 0',
  async (signal) => {
    await start();
    const service = await ServiceProcess.start({
      DATABASE_URL: test.databaseUrl,
      DATABASE_STATEMENT_TIMEOUT_MS: '10000',
      DATABASE_REQUEST_TIMEOUT_MS: '10000',
    });
    const inFlight = await blockedSave(service.url);
    const exited = service.stop(signal);
    await untilRefused(service.url);
    await release();
    expect(await inFlight.answer).toMatchObject({ status: 200, body: { code: 0 } });
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(service.stderr).toBe('');
    expect(await rowOf(test.db, user.id)).toMatchObject({ nickname: 'saved' });
  },
);
