import { trailOf } from '../support/audit-trail.js';
import { createUser, type TestUser } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, json, send } from '../support/wire.js';

// X-Forwarded-For as proxies really write it: with ports, brackets, quotes and names instead of addresses.

let behindOne: TestApp;
let behindTwo: TestApp;
let behindNetworks: TestApp;
let bare: TestApp;
let user: TestUser;
let saves = 0;

beforeAll(async () => {
  behindOne = await startTestApp({ TRUST_PROXY: '1', RATE_LIMIT_PUBLIC_READS: '2' });
  const DATABASE_URL = behindOne.databaseUrl;
  behindTwo = await startTestApp({ DATABASE_URL, TRUST_PROXY: '2' });
  behindNetworks = await startTestApp({
    DATABASE_URL,
    TRUST_PROXY: 'loopback,10.0.0.0/8,fd00::/8',
  });
  bare = await startTestApp({ DATABASE_URL, TRUST_PROXY: 'false' });
});

afterAll(async () => {
  for (const app of [bare, behindNetworks, behindTwo, behindOne]) await app.close();
});

beforeEach(async () => {
  user = await createUser(behindOne.db);
});

/** The address that the audit trail has of a save. */
async function recordedBy(app: TestApp, told: string): Promise<string | undefined> {
  const headers = { ...bearer(user.token), 'X-Forwarded-For': told };
  saves += 1;
  const answer = await send(app.url, json('/personal/save', { nickname: `n${saves}` }, headers));
  expect(answer.body.code).toBe(0);
  return (await trailOf(app.db)).at(-1)?.client_address;
}

const CLIENTS: [told: string, address: string][] = [
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:4711', '203.0.113.7'],
  ['"203.0.113.7"', '203.0.113.7'],
  ['"203.0.113.7:4711"', '203.0.113.7'],
  ['203.0.113.7:_port', '203.0.113.7'],
  ['203.0.113.7:', '203.0.113.7'],
  ['"203.0.113.7":4711', '203.0.113.7'],
  ['"[2001:db8::1]":443', '2001:db8::1'],
  ['[2001:db8::1]:', '2001:db8::1'],
  ['[203.0.113.7]:80', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['2001:DB8:0:0::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['"[2001:db8::1]"', '2001:db8::1'],
  ['"[2001:db8::1]:443"', '2001:db8::1'],
  ['[2001:db8::1%25eth0]:443', '2001:db8::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:80', '203.0.113.7'],
  ['[::FFFF:cb00:7107]', '203.0.113.7'],
  ['unknown', ''],
  ['_hidden', ''],
  ['"_hidden:80"', ''],
  ['203.0.113', ''],
  ['3405803783', ''],
  ['0xcb.0.113.7', ''],
  ['203.0.113.7.8:80', ''],
  ['"203.0.113.7', ''],
  ['[203.0.113.7', ''],
  ['203.0.113.7 198.51.100.1', ''],
  ["'; DROP TABLE sxo_user; --", ''],
];

it.each(CLIENTS)('the client of a believed proxy is found in %s', async (told, address) => {
  expect(await recordedBy(behindOne, told)).toBe(address);
  expect(await recordedBy(bare, told)).toBe('127.0.0.1');
});

it.each(CLIENTS)('and behind an inner proxy with a port: %s', async (told, address) => {
  for (const inner of ['10.0.0.2', '10.0.0.2:8080', '"10.0.0.2:8080"', '[::ffff:10.0.0.2]:80']) {
    expect([inner, await recordedBy(behindTwo, `${told}, ${inner}`)]).toEqual([inner, address]);
    expect([inner, await recordedBy(behindNetworks, `${told} ,${inner}`)]).toEqual([
      inner,
      address,
    ]);
  }
  expect(await recordedBy(behindNetworks, `${told},[fd00::2]:80,10.0.0.2:1`)).toBe(address);
});

it.each([
  ['198.51.100.1, 203.0.113.7:4711'],
  ['198.51.100.1:1,"203.0.113.7"'],
  ['127.0.0.1:1, 10.0.0.1, [203.0.113.7]:1'],
  ['198.51.100.1,,203.0.113.7:1'],
  ['"198.51.100.1, 203.0.113.7'],
])('what a client says of itself is not believed: %s', async (told) => {
  for (const app of [behindOne, behindNetworks])
    expect(await recordedBy(app, told)).toBe('203.0.113.7');
  expect(await recordedBy(behindTwo, `${told}, 10.0.0.2:80`)).toBe('203.0.113.7');
});

it('is not followed beyond a hop that hides its address', async () => {
  expect(await recordedBy(behindNetworks, '198.51.100.1, unknown, 10.0.0.2')).toBe('');
});

it('is counted by address, whatever the port', async () => {
  const visit = (from: string): Promise<Answer> =>
    send(behindOne.url, { path: '/base/common', headers: { 'X-Forwarded-For': from } });
  const codeOf = async (from: string) => (await visit(from)).body.code as number;
  expect(await codeOf('203.0.113.9:1')).toBe(0);
  expect(await codeOf('"203.0.113.9:2"')).toBe(0);
  expect(await codeOf('203.0.113.9:3')).toBe(-429);
  expect(await codeOf('203.0.113.10:3')).toBe(0);
  expect(await codeOf('[2001:db8:0:1::1]:1')).toBe(0);
  expect(await codeOf('[2001:db8:0:1::2]:2')).toBe(0);
  expect(await codeOf('2001:db8:0:1::3')).toBe(-429);
});
