import { type ClientRequest, request as openRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUser, type TestUser } from '../support/accounts.js';
import { solid, temporaryFolder } from '../support/pictures.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, send, type Wire } from '../support/wire.js';

const PATH = '/personal/useravatarupload';
const TYPE = { 'Content-Type': 'multipart/form-data; boundary=x' };
const BEGINNING = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let test: TestApp;
let picture: Buffer;
/** Requests that never end, and what each was answered. */
let begun: { readonly request: ClientRequest; status?: number }[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  test = await startTestApp({
    DATA_DIR: folder.path,
    TRUST_PROXY: '1',
    RATE_LIMIT_USER_WRITES: '3',
  });
  picture = await solid(8, 8).png().toBuffer();
});

afterAll(async () => {
  await test.close();
  await folder.remove();
});

afterEach(() => {
  for (const { request } of begun) request.destroy();
  begun = [];
});

const users = (count: number): Promise<TestUser[]> =>
  Promise.all(Array.from({ length: count }, () => createUser(test.db)));

/** Begins to send a file and does not go on. */
const begin = (address: string, token = ''): void => {
  const { hostname, port } = new URL(test.url);
  const request = openRequest({
    hostname,
    port,
    method: 'POST',
    path: `${PATH}?token=${token}`,
    headers: { ...TYPE, 'X-Forwarded-For': address },
  });
  const one: (typeof begun)[number] = { request };
  request.on('response', (response) => {
    one.status = response.statusCode;
    response.resume();
  });
  request.on('error', () => undefined);
  request.write(`${BEGINNING}x`);
  begun.push(one);
};

const upload = (address: string, headers: Record<string, string>, query = ''): Promise<Answer> => {
  const wire: Wire = {
    method: 'POST',
    path: PATH + query,
    headers: { ...TYPE, 'X-Forwarded-For': address, ...headers },
    body: Buffer.concat([Buffer.from(BEGINNING), picture, Buffer.from('\r\n--x--\r\n')]),
  };
  return send(test.url, wire);
};

/** Waits until so many of what was begun are answered, which all have to be with 503. */
const untilGivenUp = async (count: number): Promise<void> => {
  const answered = () => begun.flatMap(({ status }) => (status === undefined ? [] : [status]));
  while (answered().length < count) await sleep(10);
  expect(answered()).toEqual(Array<number>(count).fill(503));
};

it('keeps nobody out where seventeen users of one address begin files that never end', async () => {
  for (const { token } of await users(17)) begin('203.0.113.1', token);
  await untilGivenUp(17 - 8);
  const [neighbour, other] = await users(2);
  expect((await upload('203.0.113.1', bearer(neighbour!.token))).body).toMatchObject({ code: 0 });
  expect((await upload('203.0.113.2', bearer(other!.token))).body).toMatchObject({ code: 0 });
});

it('counts a network of IPv6 as one address', async () => {
  for (const [index, { token }] of (await users(10)).entries()) begin(`2001:db8::${index}`, token);
  await untilGivenUp(10 - 8);
});

it('keeps nobody out where users of many addresses do', async () => {
  for (const [index, { token }] of (await users(20)).entries()) begin(`198.51.100.${index}`, token);
  await untilGivenUp(20 - 16);
  const [user] = await users(1);
  expect((await upload('203.0.113.3', bearer(user!.token))).body).toMatchObject({ code: 0 });
});

it('gives strangers places of their own', async () => {
  for (let index = 0; index < 8; index += 1) begin(`192.0.2.${index}`);
  await untilGivenUp(8 - 4);
  const [user] = await users(1);
  expect((await upload('192.0.2.1', {}, `?token=${user!.token}`)).body).toMatchObject({ code: 0 });
  expect((await upload('203.0.113.4', {})).body).toMatchObject({ code: -400 });
});

describe('the limit a minute', () => {
  const times = async (count: number, one: () => Promise<Answer>): Promise<unknown[]> => {
    const codes: unknown[] = [];
    for (let index = 0; index < count; index += 1) codes.push((await one()).body.code);
    return codes;
  };

  it.each<[string, (token: string) => Promise<Answer>]>([
    ['the header', (token) => upload('203.0.113.5', bearer(token))],
    ['the query', (token) => upload('203.0.113.5', {}, `?token=${token}`)],
  ])('counts an upload once, with the token in %s', async (_, one) => {
    const [user] = await users(1);
    expect(await times(4, () => one(user!.token))).toEqual([0, 0, 0, -429]);
  });

  it('refuses an upload before its body, where the token stands in the header', async () => {
    const [user] = await users(1);
    await times(3, () => upload('203.0.113.6', bearer(user!.token)));
    // The body is announced and never sent: an answer can only come from the headers.
    const { hostname, port } = new URL(test.url);
    const headers = { ...TYPE, ...bearer(user!.token), 'Content-Length': '1000' };
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = openRequest({ hostname, port, method: 'POST', path: PATH, headers });
      request.on('response', (response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.flushHeaders();
    });
    expect(status).toBe(429);
  });
});
