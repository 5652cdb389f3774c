import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { RawConnection } from '../support/raw-connection.js';
import { lockRow, type RowLock } from '../support/row-lock.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, json, send, sendRaw } from '../support/wire.js';

const SAVE = '/personal/save';
const REQUESTS = 2;
const CONNECTIONS = 8;

let test: TestApp;
/** Waits for bodies as long as services do. */
let patient: TestApp;
/** Gives up early, and takes more requests at a time. */
let roomy: TestApp;
let user: TestUser;
let lock: RowLock;

const save = ({ url } = test): Promise<Answer> =>
  send(url, json(SAVE, { nickname: 'n' }, bearer(user.token)));

const serverOf = ({ app }: TestApp): Server => app.getHttpServer();

/** Opens a connection, and gives the server's end of it, too. */
const openBoth = async (to: TestApp): Promise<[RawConnection, Socket]> => {
  const accepted = once(serverOf(to), 'connection') as Promise<[Socket]>;
  const connection = await RawConnection.open(to.url);
  return [connection, ...(await accepted)];
};

beforeAll(async () => {
  test = await startTestApp({
    MAX_REQUESTS_IN_FLIGHT: String(REQUESTS),
    MAX_CONNECTIONS: String(CONNECTIONS),
    HEADERS_TIMEOUT_MS: '500',
    REQUEST_TIMEOUT_MS: '500',
  });
  const { databaseUrl: DATABASE_URL } = test;
  patient = await startTestApp({ DATABASE_URL, MAX_REQUESTS_IN_FLIGHT: String(REQUESTS) });
  roomy = await startTestApp({ DATABASE_URL, REQUEST_TIMEOUT_MS: '100' });
  user = await createUser(test.db);
});

afterAll(() => Promise.all([test, patient, roomy].map((one) => one.close())));

describe('requests in flight', () => {
  it('beyond the limit are refused before their body has come; health is answered', async () => {
    lock = await lockRow(test.db, user.id);
    const inFlight = [save(), save()];
    await lock.awaited(REQUESTS);

    const answer = await send(test.url, {
      path: '/personal/index',
      headers: { Origin: 'https://a.test' },
    });
    expectFailure(answer, 503, -503);
    expect(answer.headers).toMatchObject({
      'retry-after': expect.stringMatching(/^[1-9]\d*$/),
      'access-control-allow-origin': '*',
      'x-request-id': expect.any(String),
    });
    const unread = await RawConnection.open(test.url);
    unread.request('POST', SAVE, { 'Content-Type': 'application/json', 'Content-Length': '50' });
    expect(await unread.answer()).toMatchObject({ status: 503, body: { code: -503 } });
    unread.socket.destroy();
    for (const path of ['/health/live', '/health/ready']) {
      expect(await send(test.url, { path })).toMatchObject({ status: 200 });
    }

    await lock.release();
    for (const one of inFlight) expect(await one).toMatchObject({ body: { code: 0 } });
    expect(await save()).toMatchObject({ body: { code: 0 } });
  });

  it('keep no place when their connection ends, even behind another on it', async () => {
    const body = JSON.stringify({ nickname: 'n' });
    const headers = {
      ...bearer(user.token),
      'Content-Type': 'application/json',
      'Content-Length': String(body.length),
    };
    // One more left counted, and nobody would be served any more.
    for (let round = 0; round < REQUESTS; round += 1) {
      lock = await lockRow(test.db, user.id);
      const pipelined = await RawConnection.open(test.url);
      for (let sent = 0; sent < REQUESTS; sent += 1) pipelined.request('POST', SAVE, headers, body);
      await lock.awaited(REQUESTS);
      pipelined.socket.destroy();
      await lock.release();
    }
    while ((await save()).status === 503) await sleep(10);
  });
});

describe('bodies that never come whole', () => {
  const HALF = { 'Content-Type': 'application/json', 'Content-Length': '50' };

  /** Sends a request with the beginning of its body. */
  const sendHalf = async (): Promise<RawConnection> => {
    const connection = await RawConnection.open(patient.url);
    // When this is answered, what came over earlier connections has been read.
    connection.request('GET', '/health/live');
    await connection.answer();
    connection.request('POST', SAVE, HALF, '{');
    return connection;
  };

  it('keep nobody out; beyond the limit those that began first are refused', async () => {
    const halves: RawConnection[] = [];
    for (let sent = 0; sent < 3 * REQUESTS; sent += 1) halves.push(await sendHalf());
    const saved = await send(patient.url, json(SAVE, { nickname: 'n' }, bearer(user.token)));
    expect(saved).toMatchObject({ body: { code: 0 } });
    expect(await send(patient.url, { path: '/base/common' })).toMatchObject({ body: { code: 0 } });

    for (const one of halves.slice(0, REQUESTS)) {
      expect(await one.answer()).toMatchObject({ status: 503, body: { code: -503 } });
      await one.closed;
    }
    const last = halves.at(-1)!;
    last.socket.write(JSON.stringify({ nickname: 'n' }).slice(1).padEnd(49));
    expect(await last.answer()).toMatchObject({ status: 200, body: { code: -400 } });
    for (const one of halves) one.socket.destroy();
  });

  it('are refused when they come whole while too many are in flight', async () => {
    const half = await sendHalf();
    lock = await lockRow(test.db, user.id);
    const inFlight = Array.from({ length: REQUESTS }, () =>
      send(patient.url, json(SAVE, { nickname: 'n' }, bearer(user.token))),
    );
    await lock.awaited(REQUESTS);
    half.socket.write('}'.padEnd(49));
    expect(await half.answer()).toMatchObject({ status: 503, body: { code: -503 } });
    await lock.release();
    for (const one of inFlight) expect(await one).toMatchObject({ body: { code: 0 } });
    half.socket.destroy();
  });
});

describe('answers that are not read', () => {
  /** Of 1.6 MB; the system keeps some MB for a client that does not read, not as many as these. */
  const LARGE = '/docs/swagger-ui-bundle.js';
  const MORE_THAN_FIT = 8;

  /** Waits until a request of somebody else is answered, so that there is a place for the next. */
  const served = async (): Promise<void> => {
    while ((await send(patient.url, { path: '/base/common' })).status === 503) await sleep(10);
  };

  it('keep nobody out; a client of them is disconnected', async () => {
    const clients: RawConnection[] = [];
    let disconnected = 0;
    for (let count = 0; count < REQUESTS + 1; count += 1) {
      const [client, socket] = await openBoth(patient);
      client.socket.pause();
      socket.once('close', () => (disconnected += 1));
      clients.push(client);
    }
    // How many of them the system keeps differs, and one may be refused that comes at a bad moment.
    for (let sent = 0; disconnected === 0; sent += 1) {
      clients[sent % clients.length]!.request('GET', LARGE);
      await served();
    }
    for (const { socket } of clients) socket.destroy();
  });

  it('are given up when nothing of them was taken for long; one that is awaited is not', async () => {
    lock = await lockRow(test.db, user.id);
    const [patience, saved] = [once(serverOf(roomy), 'timeout'), save(roomy)];
    await lock.awaited(1);
    await patience;
    await lock.release();
    expect(await saved).toMatchObject({ body: { code: 0 } });

    const [unread, socket] = await openBoth(roomy);
    unread.socket.pause();
    for (let sent = 0; sent < MORE_THAN_FIT; sent += 1) unread.request('GET', LARGE);
    await once(socket, 'close');
    unread.socket.destroy();
  });

  it('are few on one connection; a client that asks for more is disconnected', async () => {
    const handled: boolean[] = [];
    const note = ({ context }: IncomingMessage & { context?: object }): unknown =>
      handled.push(context !== undefined);
    serverOf(patient).on('request', note);
    const pipelined = await RawConnection.open(patient.url);
    pipelined.socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(100));
    await pipelined.closed;
    serverOf(patient).off('request', note);
    expect(handled.filter(Boolean)).toHaveLength(16);
    expect(handled.length).toBeGreaterThan(16);
  });
});

describe('what was answered as failed', () => {
  const BODY = JSON.stringify({ nickname: 'late' });

  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(BODY.length) };

  it('because it took too long changes nothing when the rest comes', async () => {
    const { id, token } = await createUser(test.db, { nickname: 'before' });
    const [late, socket] = await openBoth(test);
    late.socket.allowHalfOpen = true;
    late.request('POST', SAVE, { ...bearer(token), ...headers }, BODY.slice(0, 5));
    expect(await late.answer()).toMatchObject({ status: 408, body: { code: -1 } });
    late.socket.write(BODY.slice(5));
    await once(socket, 'close');
    late.socket.destroy();
    expect(await rowOf(test.db, id)).toMatchObject({ nickname: 'before' });
  });

  it('because others had its place changes nothing when the rest comes', async () => {
    const { id, token } = await createUser(test.db, { nickname: 'before' });
    lock = await lockRow(test.db, user.id);
    const behind = await RawConnection.open(patient.url);
    behind.request('POST', SAVE, { ...bearer(user.token), ...headers }, BODY);
    behind.request('POST', SAVE, { ...bearer(token), ...headers }, BODY.slice(0, 5));
    await lock.awaited(1);
    const others: RawConnection[] = [];
    for (let count = 0; count < REQUESTS; count += 1) {
      others.push(await RawConnection.open(patient.url));
      others[count]!.request('POST', SAVE, { 'Content-Length': '9' });
    }
    // When these are answered, what came before has been read.
    await send(patient.url, { path: '/health/live' });
    behind.socket.write(BODY.slice(5));
    await send(patient.url, { path: '/health/ready' });
    await lock.release();
    await behind.closed;
    expect(behind.received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 503']);
    for (const one of others) one.socket.destroy();
    expect(await rowOf(test.db, id)).toMatchObject({ nickname: 'before' });
  });
});

describe('a slow client', () => {
  /** Sends the beginning of a request and then nothing, or a byte now and then. */
  const timeout = async (begin: string, more = ''): Promise<Answer> => {
    const connection = await RawConnection.open(test.url);
    // Goes on sending although the server has ended its side.
    connection.socket.allowHalfOpen = more !== '';
    const trickle = setInterval(() => connection.socket.write(more), 100);
    connection.socket.write(begin);
    await connection.closed;
    clearInterval(trickle);
    const [head = '', ...rest] = connection.received.split('\r\n\r\n');
    return {
      status: Number(head.split(' ')[1]),
      headers: Object.fromEntries(
        head
          .split('\r\n')
          .slice(1)
          .map((line) => line.toLowerCase().split(': ') as [string, string]),
      ),
      text: rest.join('\r\n\r\n'),
      body: JSON.parse(rest.join('')) as unknown,
    };
  };

  const HEAD = `POST ${SAVE} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;

  it('gets one answer, and is disconnected', async () => {
    const answers = await Promise.all([
      timeout(''),
      timeout('GET / HTTP/1.1\r\nX-Slow: ', 'x'),
      timeout(`${HEAD}Content-Length: 1000\r\n\r\n`, ' '),
    ]);
    for (const answer of answers) expectFailure(answer, 408, -1);
    expect(await save()).toMatchObject({ body: { code: 0 } });
  });
});

describe('connections', () => {
  it('beyond the limit take the place of idle ones', async () => {
    const opened: RawConnection[] = [];
    const kept = await RawConnection.open(test.url);
    kept.request('GET', '/health/live');
    await kept.answer();
    for (let count = 0; count < CONNECTIONS; count += 1) {
      opened.push(await RawConnection.open(test.url));
    }
    await kept.closed;
    const answer = await sendRaw(
      test.url,
      `GET /personal/index?token=${user.token} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatchObject({ status: 200, body: { code: 0 } });
    await opened[0]!.closed;
    opened.at(-1)!.request('GET', '/health/live', { Connection: 'close' });
    expect(await opened.at(-1)!.answer()).toMatchObject({ status: 200 });
    for (const one of opened) one.socket.destroy();
  });
});
