import fc from 'fast-check';
import type { Wire } from '../../support/wire.js';
import { BODY_TYPES, encodeBody, encodeUpload } from './bodies.js';
import { LOOSE_VALUES, METACHARACTERS, ODD_TEXT, WRONG_TYPES } from './hostile-values.js';
import { type Route, ROUTES } from './routes.js';

/** A request but for its token, which is made while it is sent. */
export interface RandomRequest {
  readonly wire: Wire;
  /** Which of the good tokens it carries; none, or a bad one in the wire itself, where undefined. */
  readonly goodToken?: number;
  readonly upload: boolean;
}

/** How many good tokens there are. */
export const GOOD_TOKENS = 20;

const BAD_TOKENS = ['0'.repeat(32), 'F'.repeat(32), 'x', "' OR 1=1 --", 'null'];

const METHODS = fc.oneof(
  { weight: 30, arbitrary: fc.constant('POST') },
  { weight: 10, arbitrary: fc.constant('GET') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'),
  },
);

/** Spellings of an action, and of what is none. */
const SPELLINGS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `/api.php?s=${path.slice(1)}`,
  (path) => `/api.php${path}`,
  (path) => `/api.php?s=${path.toUpperCase()}.html`,
  (path) => `/api.php/${path}.HTML`,
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => `/api.php?s=${encodeURIComponent(path)}%00`,
  (path) => `/static${path}`,
];

const value = fc.oneof(
  fc.constantFrom(...METACHARACTERS, ...ODD_TEXT, ...LOOSE_VALUES),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);

const NAMES = ['id', 'token', '__proto__', 's', 'file', 'user[id]', 'a[][b]', 'nickname[]', ''];

/** A route's parameters: some as they should be, some hostile, some missing, some that are not its. */
const fieldsOf = ({ examples }: Route): fc.Arbitrary<Record<string, string>> =>
  fc
    .tuple(
      fc.record(
        Object.fromEntries(
          Object.entries(examples).map(([name, example]) => [
            name,
            fc.oneof(
              { weight: 3, arbitrary: fc.constant(example) },
              { weight: 1, arbitrary: value },
            ),
          ]),
        ),
        { requiredKeys: [] },
      ),
      fc.oneof(
        { weight: 4, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 2 }) },
      ),
    )
    .map(([own, others]) => ({ ...(own as Record<string, string>), ...others }));

interface Body {
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}

const asJson = (text: string | Uint8Array): Body => ({
  headers: { 'Content-Type': 'application/json' },
  body: Buffer.from(text),
});

const bodyOf = (route: Route, fields: Record<string, string>): fc.Arbitrary<Body> => {
  const whole = fc.constantFrom(...BODY_TYPES).map((type): Body => encodeBody(type, fields));
  const mistyped = fc
    .constantFrom(...WRONG_TYPES)
    .map((wrong) =>
      asJson(JSON.stringify(Object.fromEntries(Object.keys(fields).map((name) => [name, wrong])))),
    );
  const cut = fc.tuple(whole, fc.nat(200)).map(([{ headers, body }, length]) => ({
    headers,
    body: body?.subarray(0, length),
  }));
  const mislabelled = fc
    .tuple(
      whole,
      fc.constantFrom(
        'application/json',
        'text/plain',
        'multipart/form-data',
        'x',
        'application/x-www-form-urlencoded',
        'application/json; charset=gbk',
      ),
    )
    .map(([{ body }, type]) => ({ headers: { 'Content-Type': type }, body }));
  const garbage = fc.uint8Array({ maxLength: 300 }).map(asJson);
  const anyJson = fc.json({ maxDepth: 4 }).map(asJson);
  const zipped = whole.map(({ headers, body }) => ({
    headers: { ...headers, 'Content-Encoding': 'gzip' },
    body,
  }));
  const file = fc
    .uint8Array({ maxLength: 500 })
    .map((bytes) =>
      encodeUpload(fields, { field: route.fileField ?? 'file', bytes: Buffer.from(bytes) }),
    );
  return fc.oneof(
    { weight: 8, arbitrary: whole },
    { weight: 2, arbitrary: mistyped },
    { weight: 1, arbitrary: cut },
    { weight: 1, arbitrary: mislabelled },
    { weight: 1, arbitrary: garbage },
    { weight: 1, arbitrary: anyJson },
    { weight: 1, arbitrary: zipped },
    { weight: route.fileField === undefined ? 1 : 8, arbitrary: file },
    { weight: 1, arbitrary: fc.constant({}) },
  );
};

const token = fc.oneof(
  { weight: 5, arbitrary: fc.nat(GOOD_TOKENS - 1) },
  { weight: 1, arbitrary: fc.constantFrom(...BAD_TOKENS) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** Addresses of many clients, so that what is limited by address does not hide the rest. */
const address = fc.ipV4();

const requestOf = (route: Route): fc.Arbitrary<RandomRequest> =>
  fieldsOf(route).chain((fields) =>
    fc
      .record({
        method: METHODS,
        spelling: fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...SPELLINGS.slice(0, 3)) },
          { weight: 1, arbitrary: fc.constantFrom(...SPELLINGS) },
        ),
        body: bodyOf(route, fields),
        inQuery: fc.boolean(),
        token,
        address,
      })
      .map(({ method, spelling, body, inQuery, token: carried, address: from }) => {
        const path = spelling(route.path);
        const text = inQuery || method === 'GET' ? queryOf(fields) : '';
        return {
          wire: {
            method,
            path: `${path}${path.includes('?') ? '&' : '?'}${text}`,
            headers: {
              'X-Forwarded-For': from,
              ...(typeof carried === 'string' && { Authorization: `Bearer ${carried}` }),
              ...(method !== 'GET' && method !== 'HEAD' && body.headers),
            },
            ...(method !== 'GET' && method !== 'HEAD' && { body: body.body }),
          },
          goodToken: typeof carried === 'number' ? carried : undefined,
          upload: route.fileField !== undefined,
        };
      }),
  );

/** At most what fits into a request's head. */
const queryOf = (fields: Record<string, string>): string =>
  new URLSearchParams(Object.entries(fields).map(([name, text]) => [name, text]))
    .toString()
    .slice(0, 4_000);

const anyRequest = fc.oneof(...ROUTES.map(requestOf));

/** The requests of a seed. */
export const randomRequests = (seed: number, count: number): RandomRequest[] =>
  fc.sample(anyRequest, { seed, numRuns: count });
