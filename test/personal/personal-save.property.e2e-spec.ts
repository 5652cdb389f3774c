import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { PUBLIC_URL, startTestApp, type TestApp } from '../support/test-app.js';

/** Cases of each property. */
const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 25);

// The same cases every time; another seed makes others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_221_119), numRuns: RUNS });

const DEFAULT_AVATAR = `${PUBLIC_URL}/static/index/default/images/default-user-avatar.jpg`;

/** Code points that no text may have, the limits and the values: the rules, told once more. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const LENGTHS = { nickname: 60, province: 60, city: 60, county: 60, address: 80 } as const;
const TEXTS = Object.keys(LENGTHS) as (keyof typeof LENGTHS)[];
const GENDERS = ['0', '1', '2', 0, 1, 2];
const EDITABLE = [...TEXTS, 'birthday', 'gender', 'avatar'];

/** What is stored and shown for an accepted value. */
const normalForm = (value: unknown): string => String(value).trim().normalize('NFC');

let test: TestApp;
let user: TestUser;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  test = await startTestApp();
  user = await createUser(test.db, { nickname: 'before', birthday: '1990-05-06', province: 'P' });
});

afterAll(async () => {
  agent.destroy();
  await test.close();
});

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

interface Sent {
  readonly path?: string;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  /** Sends the user's token in a header, as no body can then hide it. */
  readonly signedIn?: boolean;
}

/** Posts bytes as they are: clients that know what is proper would mend them. */
function post({
  path = '/personal/save',
  type,
  body = '',
  signedIn = true,
}: Sent): Promise<Answer> {
  const headers: OutgoingHttpHeaders = { 'content-length': Buffer.byteLength(body) };
  if (type !== undefined) headers['content-type'] = type;
  if (signedIn) headers.authorization = `Bearer ${user.token}`;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(test.url);
    request({ hostname, port, path, method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          type: response.headers['content-type'],
          text: Buffer.concat(chunks).toString(),
        }),
      );
    })
      .on('error', reject)
      .end(body);
  });
}

const postJson = (body: object): Promise<Answer> =>
  post({ type: 'application/json', body: JSON.stringify(body) });

interface Envelope {
  readonly msg: string;
  readonly code: number;
  readonly data: Record<string, string>;
}

function envelopeOf({ status, type, text }: Answer): Envelope {
  expect(status).toBeLessThan(500);
  expect(type).toBe('application/json; charset=utf-8');
  const body = JSON.parse(text) as Envelope;
  expect(Object.keys(body)).toEqual(['msg', 'code', 'data']);
  expect(body.msg).toEqual(expect.stringMatching(/./u));
  expect(Number.isInteger(body.code)).toBe(true);
  if (body.code !== 0) expect(body.data).toEqual([]);
  return body;
}

async function readBack(): Promise<Record<string, string>> {
  const { code, data } = envelopeOf(await post({ path: '/personal/index' }));
  expect(code).toBe(0);
  const shown = (data as unknown as { data: Record<string, string> }).data;
  return Object.fromEntries(EDITABLE.map((name) => [name, shown[name]!]));
}

/**
 * Sends a save and checks what every save owes: refused, it changed nothing; accepted, it changed
 * nothing but what was sent, to the normal form, and what is then read can be saved again.
 *
 * @param values the parameters that it carries, where they are known
 * @returns the answer's code
 */
async function attempt(sent: Sent, values?: Readonly<Record<string, unknown>>): Promise<number> {
  const before = await rowOf(test.db, user.id);
  const shownBefore = await readBack();
  const answer = await post(sent);
  const { code } = envelopeOf(answer);
  const after = await rowOf(test.db, user.id);
  if (code !== 0) {
    expect(after).toEqual(before);
    return code;
  }
  expect(answer.status).toBe(200);

  const saved = await readBack();
  for (const name of TEXTS) expect(saved[name]).toBe(normalForm(saved[name]));
  if (values) {
    const given = EDITABLE.filter((name) => Object.hasOwn(values, name));
    const expected = Object.fromEntries(given.map((name) => [name, normalForm(values[name])]));
    if (expected.avatar === '') expected.avatar = DEFAULT_AVATAR;
    expect(saved).toEqual({ ...shownBefore, ...expected });
  }
  const others = Object.fromEntries(EDITABLE.map((name) => [name, after[name]]));
  expect(after).toEqual({ ...before, ...others, upd_time: expect.any(Date) });

  expect(envelopeOf(await postJson(saved)).code).toBe(0);
  expect(await rowOf(test.db, user.id)).toEqual({ ...after, upd_time: expect.any(Date) });
  return code;
}

/** Any sequence of code points, and any of UTF-16 units, which may not be well-formed. */
const wellFormed = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const utf16 = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) });

const TRAPS = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'then', 'length'];

const trapped = fc
  .tuple(fc.constantFrom(...TRAPS), fc.jsonValue({ maxDepth: 1 }))
  .map(([name, value]) => Object.fromEntries([[name, value]]));

const deep = fc
  .tuple(fc.constantFrom('[]', '{}', '[[],{}]'), fc.nat(60))
  .map(([core, levels]): unknown => JSON.parse('['.repeat(levels) + core + ']'.repeat(levels)));

const anyJson = fc.oneof<fc.MaybeWeightedArbitrary<unknown>[]>(
  { weight: 4, arbitrary: fc.jsonValue() },
  { weight: 2, arbitrary: wellFormed },
  utf16,
  trapped,
  deep,
  fc.constantFrom(...TRAPS),
);

const PUBLIC = [
  ...['token', 'lang', 'application', 'application_client_type', 'system_type', 's', 'ajax'],
  ...['uuid', 'theme', 'referrer', 'application_client_brand', 'user_lng', 'user_lat'],
];

const anyName = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...EDITABLE) },
  { weight: 3, arbitrary: fc.constantFrom(...PUBLIC) },
  fc.constantFrom(...TRAPS, 'id', 'status', 'mobile', 'pwd', 'user[id]', 'nickname[]', 'user'),
  utf16,
);

/** Text that a parameter's rules allow, often with something to trim or to compose. */
const allowedText = (name: keyof typeof LENGTHS): fc.Arbitrary<string> => {
  const max = LENGTHS[name];
  const space = fc.constantFrom('', '', ' ', '\u3000', '\n', '\ufeff');
  const unit = fc.constantFrom(
    ...['a', '0', '<', '&', '\u95f5', '\u{1f600}', ' ', '\u200d', '\u200b'],
    ...['e\u0301', 'q\u0323\u0307', '\u0958', '\u1112\u1161'],
  );
  const inner = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 15 }),
    fc.string({ unit: 'binary', maxLength: 15 }),
    fc.string({ unit, maxLength: max, size: 'max' }),
    fc.string({ unit: fc.constantFrom('a', '\u{1f600}'), minLength: max - 2, maxLength: max }),
  );
  return fc
    .tuple(space, fc.constantFrom('', '0', 'p'), inner, space)
    .map((parts) => parts.join(''))
    .filter((text) => {
      const normal = normalForm(text);
      return Array.from(normal).length <= max && !FORBIDDEN.test(normal);
    });
};

const allowed: Record<string, fc.Arbitrary<unknown>> = {
  ...Object.fromEntries(TEXTS.map((name) => [name, allowedText(name)])),
  nickname: allowedText('nickname').filter((text) => /[a-z0-9]/.test(text)),
  birthday: fc.oneof(
    fc.constant(''),
    fc
      .date({ min: new Date('1900-01-01'), max: new Date('2025-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ),
  gender: fc.constantFrom(...GENDERS),
  avatar: fc.constantFrom('', DEFAULT_AVATAR),
};

const allowedProfile = fc.record(allowed, { requiredKeys: ['nickname'] });

/** The same where all values are text. */
const allowedTextProfile = allowedProfile.map((profile) =>
  Object.entries(profile).map(([name, value]): [string, string] => [name, String(value)]),
);

const notText = fc
  .oneof(fc.jsonValue() as fc.Arbitrary<unknown>, trapped, deep.filter(isShallow))
  .filter((value) => typeof value !== 'string');

const wrongText = (max: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    notText,
    fc.string({ unit: fc.constantFrom('a', '\u{1f600}', 'e\u0301'), minLength: max + 1 }),
    fc.constant('\u{1f600}'.repeat(max + 1)),
    fc.constantFrom('\ud800', 'a\udfff'),
    fc
      .tuple(fc.string(), fc.constantFrom('\u0000', '\u009f', '\u202e', '\u2069', '\ud800'))
      .map(([text, character]) => `${text}${character}x`),
  );

const wrong: Record<string, fc.Arbitrary<unknown>> = {
  ...Object.fromEntries(TEXTS.map((name) => [name, wrongText(LENGTHS[name])])),
  birthday: fc.oneof(
    notText,
    wellFormed.filter((text) => text !== '' && !/^\d{4}-/.test(text)),
    wellFormed.filter((text) => text !== '').map((text) => `2022-11-19${text}`),
    fc.integer({ min: 1, max: 1899 }).map((year) => `${String(year).padStart(4, '0')}-12-31`),
    fc.integer({ min: 2200, max: 9999 }).map((year) => `${year}-01-01`),
    fc.integer({ min: 1900, max: 2020 }).map((year) => `${year}-02-30`),
  ),
  // As JSON, where -0 is 0.
  gender: fc.oneof(
    anyJson.filter((value) => isShallow(value) && !/^"?[012]"?$/.test(JSON.stringify(value))),
    fc.constantFrom('1.0', '01', '1e0', ' 1', '1\n', '+1', '-0', '', '3', -1, 1.5, true),
  ),
  avatar: fc.oneof(
    notText,
    fc.webUrl(),
    wellFormed.filter((text) => normalForm(text) !== ''),
  ),
};

/** Levels of arrays and objects. */
function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((max, one) => Math.max(max, levelsOf(one)), 0);
}

/** May be a value in a body, whose own level counts too. */
function isShallow(value: unknown): boolean {
  return levelsOf(value) < 32;
}

/** An object's JSON text, which may name `__proto__` and may name anything twice. */
const jsonText = (pairs: readonly (readonly [string, unknown])[]): string =>
  `{${pairs.map((pair) => pair.map((part) => JSON.stringify(part)).join(':')).join(',')}}`;

describe('JSON bodies', () => {
  const paths = ['/personal/index', '/personal/save', '/api.php?s=personal/save'];

  it('are answered with an envelope, whatever is in any parameter', async () => {
    const pairs = fc.array(fc.tuple(anyName, anyJson), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        pairs,
        fc.constantFrom(...paths),
        fc.boolean(),
        async (some, path, signedIn) => {
          const body = jsonText(some);
          const answer = await post({ path, type: 'application/json', body, signedIn });
          envelopeOf(answer);
          expect(answer.status).toBe(levelsOf(JSON.parse(body)) > 32 ? 400 : 200);
        },
      ),
      { numRuns: RUNS * 6 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('change nothing, or what they say, whatever is in any parameter', async () => {
    const pairs = fc.array(fc.tuple(anyName, anyJson), { maxLength: 3 });
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(allowedProfile, pairs, async (profile, some) => {
        const body = jsonText([...Object.entries(profile), ...some]);
        const values = JSON.parse(body) as Record<string, unknown>;
        codes.add(await attempt({ type: 'application/json', body }, values));
      }),
    );
    expect([...codes]).toEqual(expect.arrayContaining([0, -1]));
  });

  it('are saved where every parameter is right', async () => {
    await fc.assert(
      fc.asyncProperty(allowedProfile, async (profile) => {
        const body = JSON.stringify(profile);
        expect(await attempt({ type: 'application/json', body }, profile)).toBe(0);
      }),
    );
  });

  it.each(EDITABLE)('are refused where %s alone is wrong', async (name) => {
    await fc.assert(
      fc.asyncProperty(allowedProfile, wrong[name]!, async (profile, value) => {
        const before = await rowOf(test.db, user.id);
        const answer = await postJson({ ...profile, [name]: value });
        const { code, msg } = envelopeOf(answer);
        expect({ status: answer.status, code }).toEqual({ status: 200, code: -1 });
        expect(msg).toContain(`（${name}）`);
        expect(await rowOf(test.db, user.id)).toEqual(before);
      }),
      {
        examples: [null, true, [], {}].map((value): [{ nickname: unknown }, unknown] => [
          { nickname: 'n' },
          value,
        ]),
      },
    );
  });
});

const BOUNDARY = 'the-boundary-that-no-value-has';

/** The types of bodies that carry text only. */
const TEXT_BODIES: {
  type: string;
  encode: (pairs: readonly (readonly [string, string])[]) => string;
}[] = [
  {
    type: 'application/x-www-form-urlencoded',
    encode: (pairs) => pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
  },
  {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    encode: (pairs) =>
      [
        ...pairs.map(
          ([name, value]) =>
            `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        ),
        `--${BOUNDARY}--\r\n`,
      ].join(''),
  },
];

describe.each(TEXT_BODIES)('bodies of $type', ({ type, encode }) => {
  /** Names that are read as paths into objects and lists. */
  const brackets = [
    ...['nickname[]', 'city[x]', 'gender[0]', 'token[]', 'lang[]', 'lang[a][b]', 'application[]'],
    ...['user[id]', '__proto__[nickname]', 'constructor[prototype][city]', 'a[__proto__][b]', 'a['],
    ...['x[999999999]', 'x[-1]', 'x[][][]', `y${'[y]'.repeat(40)}`, ']', '[]', '.', 'a.b'],
  ];
  const extraName = fc.constantFrom(...EDITABLE, ...PUBLIC, ...TRAPS, ...brackets);
  const extras = fc.array(fc.tuple(extraName, wellFormed), { maxLength: 3 });

  it('are saved where every parameter is right', async () => {
    await fc.assert(
      fc.asyncProperty(allowedTextProfile, async (profile) => {
        const values = Object.fromEntries(profile);
        expect(await attempt({ type, body: encode(profile) }, values)).toBe(0);
      }),
    );
  });

  it('change nothing, or what they say, whatever is in any parameter', async () => {
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(allowedTextProfile, extras, async (profile, some) => {
        const pairs = [...profile, ...some];
        // A name that is there twice is a list, which no parameter accepts.
        codes.add(await attempt({ type, body: encode(pairs) }, Object.fromEntries(pairs)));
      }),
    );
    expect([...codes]).toEqual(expect.arrayContaining([0, -1]));
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('are answered with an envelope without a token, too', async () => {
    await fc.assert(
      fc.asyncProperty(extras, async (some) => {
        const { code } = envelopeOf(await post({ type, body: encode(some), signedIn: false }));
        expect([-1, -400]).toContain(code);
      }),
    );
  });
});

/** Bytes that often look like what a parser looks for. */
const bytes = (tokens: readonly string[], first = 0): fc.Arbitrary<Buffer> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...tokens).map((token) => Buffer.from(token)) },
        fc
          .array(fc.integer({ min: first, max: 0xff }), { maxLength: 8 })
          .map((values) => Buffer.from(values)),
      ),
      { maxLength: 24 },
    )
    .map((parts) => Buffer.concat(parts));

const QUERY_TOKENS = [
  ...['nickname=', 'token=', 'lang=', 'lang=en', 'application=', 'application=app', 'system_type='],
  ...['s=', 's=personal/index', '&', '&', '&', '=', '?', '#', ';', '+', '[', ']', '[]', '%5B'],
  ...['%5D', '%', '%0', '%00', '%0d%0a', '%ff', '%c3%a9', '%ed%a0%80', '__proto__', '[__proto__]'],
  ...['a', '..'],
];

describe('arbitrary bytes', () => {
  const MULTIPART_TOKENS = [
    ...[`--${BOUNDARY}`, `--${BOUNDARY}\r\n`, `\r\n--${BOUNDARY}\r\n`, `\r\n--${BOUNDARY}--\r\n`],
    ...['\r\n', '\r\n\r\n', '\n', 'Content-Disposition: form-data; name="nickname"\r\n\r\n', 'x'],
    ...['Content-Disposition: form-data; name="', '"; filename="a.png"\r\n', '"\r\n\r\n'],
    ...['; name*=', 'Content-Type: multipart/mixed\r\n'],
    ...['Content-Type: text/plain; charset=utf-16\r\n', 'Content-Transfer-Encoding: base64\r\n'],
  ];
  const JSON_TOKENS = [
    ...['{"nickname":"n"}', '{', '}', '[', ']', '"', ':', ',', '"nickname":', '"n"', '\\'],
    ...['\\ud800', '\\u0000', 'null', 'true', '-0', '1e999', '"__proto__":', '\ufeff', ' ', '\n'],
  ];

  const jsonFrame = ['{"nickname":"n', '"}'] as const;
  const formFrame = ['nickname=n', ''] as const;
  const multipartFrame = [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="nickname"\r\n\r\nn`,
    `\r\n--${BOUNDARY}--\r\n`,
  ] as const;

  it.each([
    ['application/json', JSON_TOKENS, jsonFrame],
    ['application/json; charset=utf-16', JSON_TOKENS, jsonFrame],
    ['application/x-www-form-urlencoded', QUERY_TOKENS, formFrame],
    ['application/x-www-form-urlencoded; charset=iso-8859-1', QUERY_TOKENS, formFrame],
    [`multipart/form-data; boundary=${BOUNDARY}`, MULTIPART_TOKENS, multipartFrame],
    ['multipart/form-data', MULTIPART_TOKENS, multipartFrame],
    ['text/plain', JSON_TOKENS, jsonFrame],
  ])('as %s change nothing, or what they say', async (type, tokens, [start, end]) => {
    const framed = fc
      .tuple(fc.oneof(bytes(tokens), bytes(['a'], 0x7e)), fc.boolean())
      .map(([some, inFrame]) =>
        inFrame ? Buffer.concat([Buffer.from(start), some, Buffer.from(end)]) : some,
      );
    await fc.assert(
      fc.asyncProperty(framed, async (body) => {
        const code = await attempt({ type, body });
        // Bytes that are no text are refused and not replaced.
        if (code === 0) expect(Object.values(await readBack()).join()).not.toContain('\ufffd');
      }),
    );
  });

  it('in the query string change nothing but how the answer is worded', async () => {
    const paths = ['/personal/save', '/api.php/personal/save', '/api.php', '/personal/index'];
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        // A request line cannot have spaces or control characters.
        bytes(QUERY_TOKENS, 0x21),
        fc.constantFrom(...paths),
        allowedProfile,
        async (query, path, profile) => {
          const before = await rowOf(test.db, user.id);
          const sent = {
            path: `${path}?${query.toString('latin1')}`,
            type: 'application/json',
            body: JSON.stringify(profile),
          };
          if (path === '/personal/index' || path === '/api.php') {
            envelopeOf(await post(sent));
            expect(await rowOf(test.db, user.id)).toEqual(before);
          } else codes.add(await attempt(sent, profile));
        },
      ),
    );
    expect([...codes]).toEqual(expect.arrayContaining([0, -1]));
  });
});
