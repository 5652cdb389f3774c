import { createUser } from '../support/accounts.js';
import { CHEAP_HASHING } from '../support/passwords.js';
import { routesOf } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { bearer, json, send, type Wire } from '../support/wire.js';
import { encodeBody, encodeUpload } from './support/bodies.js';
import { type Route, ROUTES } from './support/routes.js';
import { SLOW_TEXTS } from './support/slow-text.mjs';

/** Bytes of a body, which may have 100,000. */
const SIZES = { small: 9_800, large: 98_000 };

/** Bytes of a header, a path or a query; Node takes 16 KiB of all headers together. */
const HEADER_SIZES = { small: 1_400, large: 14_000 };

/** Tenfold the text takes tenfold the time, or a hundredfold where the time is quadratic. */
const MOST_GROWTH = 30;

/** Milliseconds of processor time; less is not told from nothing. */
const FLOOR = 1;

const TIMES = 5;

/** A request with some text in it. */
type Carrier = (text: string) => Wire;

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({
    ...CHEAP_HASHING,
    TRUST_PROXY: '1',
    REGISTRATIONS_PER_HOUR: '10000',
  });
});

afterAll(() => test.close());

/** Milliseconds of processor time, the client's part included: it is linear. */
async function cost(wire: Wire): Promise<number> {
  // What is refused for what was sent before costs nothing.
  await test.db.query('DELETE FROM sxo_attempt');
  await test.db.query('DELETE FROM sxo_limited_use');
  const before = process.cpuUsage();
  const { status } = await send(test.url, wire);
  const { user, system } = process.cpuUsage(before);
  // 503 is what comes too late: its growth tells.
  expect(status).not.toBe(500);
  return (user + system) / 1_000;
}

/** The least of several, which what else the process does adds nothing to. */
async function leastCost(wire: Wire): Promise<number> {
  const costs: number[] = [];
  for (let time = 0; time < TIMES; time += 1) costs.push(await cost(wire));
  return Math.min(...costs);
}

/** The request with a text that makes it about so many bytes long, however it is written there. */
function fill(carry: Carrier, make: (bytes: number) => string, bytes: number): Wire {
  const wire = carry(make(bytes));
  const length = Buffer.byteLength(wire.body ?? '') + wire.path.length;
  return length <= bytes ? wire : carry(make(Math.floor((bytes * bytes) / length)));
}

/** How much more a large text costs than a small one; at most `MOST_GROWTH` where both cost nothing. */
async function growthOf(
  carry: Carrier,
  make: (bytes: number) => string,
  { small, large }: typeof SIZES,
): Promise<number> {
  const wires = [fill(carry, make, small), fill(carry, make, large)] as const;
  // Most cost little, which is seen at once.
  if ((await cost(wires[1])) < MOST_GROWTH * FLOOR) return 1;
  const none = await leastCost(carry('x'));
  const [ofSmall, ofLarge] = [await leastCost(wires[0]), await leastCost(wires[1])];
  return (ofLarge - none) / Math.max(ofSmall - none, FLOOR);
}

/** Sends every text that a carrier takes, and expects none to take more than linear time. */
async function expectLinear(
  carriers: Readonly<Record<string, Carrier>>,
  sizes: typeof SIZES,
  isTaken: (text: string) => boolean = () => true,
): Promise<void> {
  const slow: object[] = [];
  for (const [where, carry] of Object.entries(carriers)) {
    for (const [kind, make] of Object.entries(SLOW_TEXTS)) {
      if (!isTaken(make(1))) continue;
      const growth = await growthOf(carry, make, sizes);
      if (growth > MOST_GROWTH) slow.push({ where, kind, growth });
    }
  }
  expect(slow).toEqual([]);
}

const PUBLIC_PARAMETERS = [
  'application',
  'application_client_type',
  'system_type',
  'lang',
  'token',
  'uuid',
  's',
  'unheard_of',
];

/** The route with text in each of its parameters, the others as they should be. */
const parametersOf = ({ path, examples }: Route, headers: Record<string, string>) =>
  Object.fromEntries(
    [...Object.keys(examples), ...PUBLIC_PARAMETERS].map((name): [string, Carrier] => [
      name,
      (text) => json(path, { ...examples, [name]: text }, headers),
    ]),
  );

it('knows every action of the route table', () => {
  const actions = routesOf(test.app);
  const paths = actions.map(({ path }) => path).filter((path) => !path.startsWith('/health/'));
  expect(ROUTES.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
});

it.each(ROUTES.map((route) => [route.path, route] as const))(
  'takes linear time for the text of every parameter: %s',
  async (_, route) => {
    const { token } = await createUser(test.db);
    await expectLinear(parametersOf(route, bearer(token)), SIZES);
  },
);

it.each(['/user/login', '/personal/save', '/personal/useravatarupload'])(
  'takes linear time for the text of any body: %s',
  async (path) => {
    const { token } = await createUser(test.db);
    const sent = { method: 'POST', path };
    const raw = (type: string, body: string): Wire => ({
      ...sent,
      headers: { ...bearer(token), 'Content-Type': type },
      body,
    });
    const boundary = 'multipart/form-data; boundary=b';
    await expectLinear(
      {
        JSON: (text) => raw('application/json', text),
        'a list in JSON': (text) => raw('application/json', `{"nickname":${text}`),
        form: (text) => raw('application/x-www-form-urlencoded', text),
        'the name of a field': (text) =>
          raw('application/x-www-form-urlencoded', `a${text}=1&b[${text}]=1`),
        'fields of a form': (text) => ({
          ...sent,
          ...encodeBody('form', { nickname: text }),
        }),
        'a part': (text) => ({ ...sent, ...encodeBody('multipart', { nickname: text }) }),
        'the name of a part': (text) => ({ ...sent, ...encodeBody('multipart', { [text]: 'x' }) }),
        multipart: (text) => raw(boundary, `--b\r\n${text}\r\n--b--`),
        'a header of a part': (text) =>
          raw(boundary, `--b\r\ncontent-type:${text}\r\n\r\nx\r\n--b--`),
        'a file': (text) => ({
          ...sent,
          ...encodeUpload({}, { field: 'file', bytes: Buffer.from(text) }),
        }),
      },
      SIZES,
    );
  },
);

it('takes linear time for headers, paths and queries', async () => {
  const headers = [
    'Authorization',
    'Content-Type',
    'X-Forwarded-For',
    'X-Request-Id',
    'Origin',
    'Access-Control-Request-Headers',
    'Accept-Language',
    'Cookie',
    'User-Agent',
    'traceparent',
    'Range',
    'If-None-Match',
  ];
  await expectLinear(
    {
      ...Object.fromEntries(
        headers.map((name): [string, Carrier] => [
          name,
          (text) => ({ ...json('/personal/save', {}), headers: { [name]: `a${text}b` } }),
        ]),
      ),
      Bearer: (text) => json('/personal/save', {}, { Authorization: `Bearer ${text}b` }),
      path: (text) => ({ path: `/${encodeURI(text)}` }),
      'path of the entry script': (text) => ({
        path: `/api.php/${encodeURI(text)}`,
      }),
      's of the entry script': (text) => ({
        path: `/api.php?s=${encodeURI(text)}`,
      }),
      query: (text) => ({
        path: `/personal/index?${encodeURI(text)}`,
      }),
      'path of a picture': (text) => ({
        path: `/static/upload/${encodeURI(text)}`,
      }),
    },
    HEADER_SIZES,
    // Node sends no others in a header.
    (text) => /^[\t -~]*$/.test(text),
  );
});
