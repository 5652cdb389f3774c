import { setTimeout as sleep } from 'node:timers/promises';
import { createUser, type TestUser } from './support/accounts.js';
import { expectFailure } from './support/envelope.js';
import { RawConnection } from './support/raw-connection.js';
import { lockRow, type RowLock } from './support/row-lock.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { type Answer, bearer, json, send, sendRaw } from './support/wire.js';

const SAVE = '/personal/save';
const REQUESTS = 2;
const CONNECTIONS = 8;

let test: TestApp;
let user: TestUser;
let lock: RowLock;

const save = (): Promise<Answer> =>
  send(test.url, json(SAVE, { nickname: 'n' }, bearer(user.token)));

beforeAll(async () => {
  test = await startTestApp({
    MAX_REQUESTS_IN_FLIGHT: String(REQUESTS),
    MAX_CONNECTIONS: String(CONNECTIONS),
    HEADERS_TIMEOUT_MS: '500',
    REQUEST_TIMEOUT_MS: '500',
  });
  user = await createUser(test.db);
});

afterAll(() => test.close());

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

  let patient: TestApp;

  /** Sends a request with the beginning of its body. */
  const sendHalf = async (): Promise<RawConnection> => {
    const connection = await RawConnection.open(patient.url);
    // When this is answered, what came over earlier connections has been read.
    connection.request('GET', '/health/live');
    await connection.answer();
    connection.request('POST', SAVE, HALF, '{');
    return connection;
  };

  beforeAll(async () => {
    patient = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      MAX_REQUESTS_IN_FLIGHT: String(REQUESTS),
    });
  });

  afterAll(() => patient.close());

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
