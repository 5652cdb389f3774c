import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import pLimit from 'p-limit';
import sharp from 'sharp';
import { createAddress, createSession, createUser, type TestUser } from '../support/accounts.js';
import { solid } from '../support/pictures.js';
import { killServices } from '../support/service-process.js';
import { type Answer, bearer, json, type Wire } from '../support/wire.js';
import { ask } from './support/ask.js';
import { BODY_TYPES, encodeBody, encodeUpload } from './support/bodies.js';
import { LOOSE_VALUES, METACHARACTERS, ODD_TEXT, WRONG_TYPES } from './support/hostile-values.js';
import { type Route, ROUTES, WRITES } from './support/routes.js';
import { Target } from './support/target.js';
import { expectEnvelope, flawOf } from './support/verdict.js';

const AT_ONCE = 16;
const SAVE = '/personal/save';
const INDEX = '/personal/index';

/** A password that no attack knows, as ShopXO stored them. */
const OLD_PASSWORD = { pwd: '0'.repeat(32), salt: '123456' };

/** What is the victim's alone, to be found in no answer to another. */
const SECRETS = {
  username: 'victim_name',
  nickname: 'victim-nickname',
  mobile: '13912345678',
  email: 'victim@example.com',
  address: 'victim-address',
};

let target: Target;
let attacker: TestUser;
let victim: TestUser;

beforeAll(async () => {
  target = await Target.start({ ATTEMPT_ACCOUNT_LIMIT: '100', ATTEMPT_ADDRESS_LIMIT: '1000' });
  // Not signed in of late: safety/logout would end the account at the first call without a password.
  const session = { sign_in_time: null };
  attacker = await createUser(target.db, { nickname: 'attacker', ...OLD_PASSWORD }, session);
  victim = await createUser(target.db, { ...SECRETS, ...OLD_PASSWORD });
  await createAddress(target.db, victim.id, {
    name: SECRETS.nickname,
    tel: SECRETS.mobile,
    address: SECRETS.address,
    is_default: true,
  });
});

afterAll(async () => {
  await target.stop();
  await killServices();
  expect(target.log().filter(({ msg, level }) => msg === 'forged' || level === 60)).toEqual([]);
});

const call = (wire: Wire): Promise<Answer> => ask(target.url, wire);

/** Sends many requests, some at once, and expects an envelope of each. */
async function expectEnvelopes(wires: readonly Wire[]): Promise<Answer[]> {
  const limit = pLimit(AT_ONCE);
  const answers = await Promise.all(wires.map((wire) => limit(() => call(wire))));
  const flaws = wires.flatMap((wire, index) => {
    const flaw = flawOf(answers[index]!);
    return flaw === undefined ? [] : [{ flaw, wire: { ...wire, body: wire.body?.toString() } }];
  });
  expect(flaws).toEqual([]);
  return answers;
}

const query = (parameters: Readonly<Record<string, string>>): string =>
  new URLSearchParams(Object.entries(parameters)).toString();

/** Everything of everyone but one user, as text: of each table whose rows belong to a user. */
async function othersThan({ id }: TestUser): Promise<string> {
  const { rows: columns } = await target.db.query<{ table: string; name: string }>(
    `SELECT table_name AS table, column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public'
       AND (column_name = 'user_id' OR (table_name, column_name) = ('sxo_user', 'id'))
     ORDER BY 1`,
  );
  const tables = await Promise.all(
    columns.map(async ({ table, name }) => {
      const { rows } = await target.db.query(
        `SELECT t::text AS row FROM ${table} t WHERE ${name} <> $1 ORDER BY 1`,
        [id],
      );
      return { table, rows };
    }),
  );
  return JSON.stringify(tables);
}

describe('hostile values', () => {
  const PUBLIC_PARAMETERS = [
    'application',
    'application_client_type',
    'system_type',
    'lang',
    'token',
    's',
  ];
  const VALUES = [...METACHARACTERS, ...ODD_TEXT, ...LOOSE_VALUES];

  /** One parameter hostile, the others as they should be. */
  const ways = ({ path, methods, examples }: Route, name: string, value: string): Wire[] => {
    const fields = { ...examples, [name]: value };
    return [
      { method: methods[0], path: `${path}?${query(fields)}` },
      ...(['json', 'form'] as const).map((type) => ({
        method: 'POST',
        path: `/api.php?s=${path.slice(1)}`,
        ...encodeBody(type, fields),
      })),
    ];
  };

  const hostile = (route: Route): Wire[] => [
    ...Object.keys(route.examples)
      .filter((name) => !PUBLIC_PARAMETERS.includes(name))
      .flatMap((name) => VALUES.flatMap((value) => ways(route, name, value))),
    // These are read in one place, whatever the route.
    ...PUBLIC_PARAMETERS.flatMap((name) =>
      METACHARACTERS.flatMap((value) => ways(route, name, value).slice(0, 1)),
    ),
  ];

  const mistyped = ({ path, examples }: Route): Wire[] =>
    [...Object.keys(examples), 'token'].flatMap((name) =>
      WRONG_TYPES.map((value) => json(path, { ...examples, [name]: value })),
    );

  // The captcha's answer is a picture, see below.
  const routes = ROUTES.filter(({ path }) => path !== '/user/userverifyentry');

  /** Whoever registers at the first may log in at the second. */
  const MADE_FOR_STRANGERS = ['/user/reg', '/user/login'];

  it.each(routes.map((route) => [route.path, route] as const))(
    'are just values to %s',
    async (path, route) => {
      const user = await createUser(target.db, OLD_PASSWORD);
      const before = await othersThan(user);
      const tokens = Array.from({ length: 3 }, () => createSession(target.db, user.id));
      const headers = (await Promise.all(tokens)).map(bearer);
      const wires = [...hostile(route), ...mistyped(route)];
      await expectEnvelopes(
        wires.map((wire, index) => ({
          ...wire,
          // Every fourth comes without a token.
          headers: { ...wire.headers, ...headers[index % 4] },
        })),
      );
      await target.expectServed();
      if (!MADE_FOR_STRANGERS.includes(path)) expect(await othersThan(user)).toBe(before);
    },
  );

  it('are none to the captcha', async () => {
    const wires = VALUES.map((value) => ({
      path: `/user/userverifyentry?${query({ type: value })}`,
    }));
    await target.withstand(() => expectEnvelopes(wires));
  });

  it('are kept as they were sent, where they are kept', async () => {
    for (const address of METACHARACTERS.filter((value) => !/\p{Cc}/u.test(value) && value)) {
      const { body } = await call(
        json(SAVE, { nickname: 'n', address: address.slice(0, 80) }, bearer(attacker.token)),
      );
      expect(body).toMatchObject({ code: 0, data: { address: address.slice(0, 80) } });
    }
  });
});

describe("another user's ids", () => {
  const NAMES = ['id', 'user_id', 'uid', 'user[id]', 'user_id[]', 'data[id]', 'where[id]', 'user'];

  it('open and change nothing, in whatever parameter of whatever route', async () => {
    const { rows } = await target.db.query<{ id: string }>(
      `SELECT id FROM sxo_user_session WHERE user_id = $1
       UNION ALL SELECT id FROM sxo_user_address WHERE user_id = $1`,
      [victim.id],
    );
    expect(rows).toHaveLength(2);
    const own = rows.map(({ id }) => id);
    const ids = [victim.id, ...own, SECRETS.username, SECRETS.mobile, SECRETS.email];
    const wires = ROUTES.filter(({ path }) => path !== '/user/logout').flatMap(
      ({ path, examples }) =>
        [...new Set([...NAMES, ...Object.keys(examples)])].flatMap((name) =>
          ids.flatMap((id) => {
            const fields = { ...examples, [name]: id };
            return [
              json(`${path}?${query({ [name]: id })}`, fields, bearer(attacker.token)),
              {
                method: 'POST',
                path,
                ...encodeBody('form', { ...fields, token: attacker.token }),
              },
            ];
          }),
        ),
    );
    const before = await othersThan(attacker);
    const limit = pLimit(AT_ONCE);
    const answers = await Promise.all(wires.map((wire) => limit(() => call(wire))));
    for (const { status, text } of answers) {
      expect(status).toBeLessThan(500);
      // What the attacker sent may come back in his own profile, but nothing of the rest.
      expect(text).not.toContain(SECRETS.address);
      expect(text).not.toContain(SECRETS.nickname);
    }
    expect(await othersThan(attacker)).toBe(before);
    expect(await call({ path: INDEX, headers: bearer(victim.token) })).toMatchObject({
      body: { code: 0, data: { data: { id: victim.id, ...SECRETS } } },
    });
  });
});

describe('names of prototypes', () => {
  const fields = (): Record<string, string> => ({
    '__proto__[nickname]': 'forged',
    '__proto__[token]': victim.token,
    '__proto__[polluted]': 'forged',
    'constructor[prototype][nickname]': 'forged',
    'constructor[prototype][token]': victim.token,
    'x[__proto__][nickname]': 'forged',
    'x[constructor][prototype][token]': victim.token,
    '__proto__.nickname': 'forged',
    '__proto__[]': 'forged',
    toString: 'forged',
    'hasOwnProperty[call]': 'forged',
  });

  const nested = (): string => {
    const inner = JSON.stringify({ nickname: 'forged', token: victim.token, polluted: 'forged' });
    return `{"__proto__":${inner},"constructor":{"prototype":${inner}},"x":{"__proto__":${inner}}}`;
  };

  it('give no later request a parameter or a token', async () => {
    await target.withstand(() =>
      expectEnvelopes(
        WRITES.filter(({ path }) => path !== '/user/logout').flatMap(({ path }) => [
          json(path, nested()),
          { method: 'POST', path: `${path}?${query(fields())}` },
          ...BODY_TYPES.map((type) => ({
            method: 'POST',
            path,
            ...encodeBody(type, fields()),
          })),
        ]),
      ),
    );
    expect(expectEnvelope(await call(json(SAVE, {}, bearer(attacker.token))))).toBe(-1);
    expect(expectEnvelope(await call({ path: INDEX }))).toBe(-400);
  });
});

describe('depth and width', () => {
  const JSON_DEPTH = 45_000;
  const FORM_DEPTH = 30_000;

  const deep = (open: string, close: string): string =>
    `{"nickname":${open.repeat(JSON_DEPTH)}${close.repeat(JSON_DEPTH)}}`;
  const form = (body: string): Partial<Wire> => ({
    body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  const wide = (count: number, name: (index: number) => string): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), '']));

  const bodies: [string, () => Partial<Wire>][] = [
    ['lists in lists', () => json('', deep('[', ']'))],
    ['objects in objects', () => json('', `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`)],
    ['lists without an end', () => json('', '['.repeat(99_000))],
    ['strings of escapes', () => json('', `{"nickname":"${'\\u0000'.repeat(16_000)}"}`)],
    ['a number of 90,000 digits', () => json('', `{"nickname":${'9'.repeat(90_000)}}`)],
    ['an exponent without measure', () => json('', '{"gender":1e99999,"nickname":-1e-99999}')],
    [
      '9,000 members',
      () =>
        json(
          '',
          wide(9_000, (index) => `n${index}`),
        ),
    ],
    ['9,000 equal members', () => json('', `{${'"nickname":1,'.repeat(7_000)}"a":1}`)],
    ['a list of 49,000', () => json('', `{"nickname":[${'1,'.repeat(49_000)}1]}`)],
    ['brackets in a form', () => form(`nickname${'[a]'.repeat(FORM_DEPTH)}=1`)],
    ['brackets without an end', () => form(`nickname${'['.repeat(90_000)}=1`)],
    ['30,000 fields', () => form('a=&'.repeat(30_000))],
    ['900 lists', () => form(Array.from({ length: 900 }, () => 'a[]=1').join('&'))],
    ['lists with far indices', () => form('a[4294967295]=1&a[999999999]=1&a[-1]=2')],
    ['an escape without an end', () => form('%'.repeat(99_000))],
    ['a name of 90,000 characters', () => form(`${'n'.repeat(90_000)}=1`)],
    [
      '990 parts',
      () =>
        encodeBody(
          'multipart',
          wide(500, (index) => `n${index}`),
        ),
    ],
    ['brackets in parts', () => encodeBody('multipart', { [`a${'[a]'.repeat(2_000)}`]: '1' })],
    [
      'a part with 900 headers',
      () => ({
        headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
        body: `--b\r\n${'X-Header: 1234567890\r\n'.repeat(900)}\r\n\r\n--b--`,
      }),
    ],
    [
      'boundaries only',
      () => ({
        headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
        body: '--b\r\n'.repeat(19_000),
      }),
    ],
    [
      'a boundary of 10,000 characters',
      () => ({
        headers: { 'Content-Type': `multipart/form-data; boundary=${'b'.repeat(10_000)}` },
        body: '--b--',
      }),
    ],
  ];

  it.each(bodies)('are refused or ignored: %s', async (_, wire) => {
    const paths = [SAVE, '/personal/useravatarupload', '/user/login', '/region/index'];
    await target.withstand(() =>
      expectEnvelopes(
        paths.map((path) => {
          const { headers, body } = wire();
          return { method: 'POST', path, body, headers: { ...headers, ...bearer(attacker.token) } };
        }),
      ),
    );
  });

  it('are refused or ignored in a query', async () => {
    const queries = [
      `a${'[a]'.repeat(4_000)}=1`,
      'a=&'.repeat(4_000),
      'lang[]=zh&'.repeat(1_200),
      `lang${'['.repeat(12_000)}=1`,
      '%'.repeat(12_000),
      '&'.repeat(12_000),
      '='.repeat(12_000),
    ];
    await target.withstand(() =>
      expectEnvelopes(
        queries.map((text) => ({ path: `${INDEX}?${text}`, headers: bearer(attacker.token) })),
      ),
    );
  });
});

describe('bombs', () => {
  const BLANKS = Buffer.alloc(50_000_000, ' ');
  const fastBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

  it.each([
    ['gzip', () => gzipSync(BLANKS)],
    ['deflate', () => deflateSync(BLANKS)],
    ['br', () => brotliCompressSync(BLANKS, fastBrotli)],
    ['gzip, gzip', () => gzipSync(gzipSync(BLANKS))],
    ['gzip', () => Buffer.from('\x1f\x8b\x08', 'latin1')],
  ])('are not unpacked: %s', async (encoding, compress) => {
    const body = compress();
    await target.withstand(async () => {
      const answers = await expectEnvelopes(
        [SAVE, '/user/login', '/user/reg'].map((path) => ({
          method: 'POST',
          path,
          headers: {
            'Content-Type': 'application/json',
            'Content-Encoding': encoding,
            ...bearer(attacker.token),
          },
          body,
        })),
      );
      for (const { status } of answers) expect([400, 413, 415]).toContain(status);
    });
  });

  /** A PNG's chunk. */
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // The sum is wrong: whoever reads so far has read too far.
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };

  const afterHeader = (png: Buffer, more: Buffer): Buffer =>
    Buffer.concat([png.subarray(0, 33), more, png.subarray(33)]);

  const pictures: [string, () => Promise<Buffer> | Buffer][] = [
    ['100 megapixels of one colour', () => solid(10_000, 10_000).png().toBuffer()],
    [
      '65,535 by 65,535 by its header',
      async () => {
        const png = await solid(1, 1).png().toBuffer();
        png.writeUInt32BE(65_535, 16);
        png.writeUInt32BE(65_535, 20);
        return png;
      },
    ],
    [
      'a GIF of 65,535 by 65,535',
      () =>
        Buffer.from(
          'GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;',
          'latin1',
        ),
    ],
    [
      'SVG that asks for files',
      () =>
        Buffer.from(
          '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>' +
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text>' +
            '<image href="http://169.254.169.254/"/></svg>',
        ),
    ],
    [
      'a TIFF',
      async () =>
        await sharp(await solid(8, 8).png().toBuffer())
          .tiff()
          .toBuffer(),
    ],
    ['PostScript', () => Buffer.from('%!PS-Adobe-3.0\n(/etc/passwd) run')],
    ['ImageMagick’s language', () => Buffer.from('push graphic-context\nfill "url(|id)"\npop')],
  ];

  const upload = async (bytes: Buffer): Promise<Answer> => {
    expect(bytes.length).toBeLessThan(5_000_000);
    const { headers, body } = encodeUpload({}, { field: 'file', bytes });
    const [answer] = await expectEnvelopes([
      {
        method: 'POST',
        path: '/personal/useravatarupload',
        headers: { ...headers, ...bearer(attacker.token) },
        body,
      },
    ]);
    return answer!;
  };

  it.each(pictures)('are no pictures: %s', async (_, make) => {
    const bytes = await make();
    const { body } = await target.withstand(() => upload(bytes));
    expect(body.code).toBe(-1);
  });

  it.each(['zTXt', 'IDAT'])('are left out of a picture: 50 MB in its %s', async (type) => {
    const deflated = deflateSync(BLANKS);
    const data = type === 'zTXt' ? Buffer.concat([Buffer.from('a\0\0'), deflated]) : deflated;
    const { body } = await upload(
      afterHeader(await solid(8, 8).png().toBuffer(), chunk(type, data)),
    );
    // Whether such a file is still a picture is the decoder's to say.
    expect([0, -1]).toContain(body.code);
    if (body.code !== 0) return;
    const stored = await fetch(body.data as string);
    expect((await stored.arrayBuffer()).byteLength).toBeLessThan(1_000);
  });
});

describe('characters', () => {
  const bytes = (...values: number[]): Buffer => Buffer.from(values);

  it.each([
    ['overlong', bytes(0xc0, 0xae)],
    ['a surrogate', bytes(0xed, 0xa0, 0x80)],
    ['beyond Unicode', bytes(0xf4, 0x90, 0x80, 0x80)],
    ['cut', bytes(0xe4, 0xb8)],
    ['continued only', bytes(0x80, 0x80)],
    ['Latin 1', bytes(0xff)],
  ])('in bytes that are not UTF-8 are refused: %s', async (_, wrong) => {
    const around = (before: string, after: string): Buffer =>
      Buffer.concat([Buffer.from(before), wrong, Buffer.from(after)]);
    const types: [string, Buffer][] = [
      ['application/json', around('{"nickname":"', '"}')],
      ['application/x-www-form-urlencoded', around('nickname=', '')],
      [
        'multipart/form-data; boundary=b',
        around('--b\r\nContent-Disposition: form-data; name="nickname"\r\n\r\n', '\r\n--b--\r\n'),
      ],
    ];
    await target.withstand(async () => {
      const answers = await expectEnvelopes(
        types.map(([type, body]) => ({
          method: 'POST',
          path: SAVE,
          headers: { 'Content-Type': type, ...bearer(attacker.token) },
          body,
        })),
      );
      expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    });
  });

  it('that look alike open no account, and count as tries for none but it', async () => {
    const { pwd } = await registered('kim_victim');
    const alike = [
      'ｋim_victim',
      '\u212aim_victim',
      'kım_victim',
      'kim_vıctim',
      'kim_victim\0',
      'kim_\u200bvictim',
      'kim_victim\u0301',
      'kim＿victim',
      'kim%victim',
    ];
    const answers = await expectEnvelopes(
      alike.map((accounts) => json('/user/login', { type: 'username', accounts, pwd })),
    );
    expect(answers.map(({ body }) => body.code)).toEqual(alike.map(() => -4));
    // Blanks around a name are no part of it.
    const padded = ['kim_victim ', ' kim_victim', 'kim_victim\u200b'];
    const opened = await expectEnvelopes(
      padded.map((accounts) => json('/user/login', { type: 'username', accounts, pwd })),
    );
    expect(opened.map(({ body }) => body.code)).toEqual(padded.map(() => 0));
  });

  /** An account with a password. */
  async function registered(accounts: string): Promise<{ pwd: string }> {
    const pwd = 'correct horse';
    const answer = await call(json('/user/reg', { type: 'username', accounts, pwd }));
    expect(expectEnvelope(answer)).toBe(0);
    return { pwd };
  }
});

describe('another site', () => {
  const FROM = {
    Origin: 'https://evil.test',
    Referer: 'https://evil.test/',
    'Sec-Fetch-Site': 'cross-site',
  };
  const fields = (route: Route): Record<string, string> => ({
    ...route.examples,
    token: victim.token,
  });

  it.each(WRITES.map((route) => [route.path, route] as const))(
    'writes nothing by an address that a browser follows: %s',
    async (path, route) => {
      const wires = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].flatMap((method) =>
        [path, `/api.php${path}`, `/api.php?s=${path}`].map((spelling) => ({
          method,
          path: `${spelling}${spelling.includes('?') ? '&' : '?'}${query(fields(route))}`,
          headers: { ...FROM, 'X-HTTP-Method-Override': 'POST' },
        })),
      );
      await target.withstand(async () => {
        for (const wire of wires) {
          const answer = await call(wire);
          expect({ wire, status: answer.status }).toEqual({
            wire,
            status: wire.method === 'OPTIONS' ? 204 : 405,
          });
          expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
        }
      });
    },
  );

  it.each(WRITES.map((route) => [route.path, route] as const))(
    'writes nothing by a form that a browser sends with its cookies: %s',
    async (path, route) => {
      const cookies = { Cookie: `token=${victim.token}; user_info=${victim.token}; PHPSESSID=1` };
      const headers = { ...FROM, ...cookies };
      const plain = Buffer.from(JSON.stringify({ ...fields(route), ignored: '=' }));
      const simple: Wire[] = BODY_TYPES.map((type) => {
        const { headers: typed, body } = encodeBody(type, route.examples);
        return { method: 'POST', path, headers: { ...headers, ...typed }, body };
      });
      const texts = ['text/plain', 'text/plain; x=application/json', 'application/jsonp'].map(
        (type): Wire => ({
          method: 'POST',
          path,
          headers: { ...headers, 'Content-Type': type },
          body: plain,
        }),
      );
      const open =
        ['/user/reg', '/user/login'].includes(path) ||
        path.includes('forgetpwd') ||
        path.includes('verifysend');
      await target.withstand(async () => {
        for (const answer of await expectEnvelopes([...(open ? [] : simple), ...texts])) {
          expect([-400, -1]).toContain(answer.body.code);
          expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
        }
      });
    },
  );
});

describe('headers of a proxy that is none', () => {
  it('lead nowhere and are shown nowhere', async () => {
    const EVIL = 'evil.test';
    const forged: Record<string, string>[] = [
      { Host: EVIL },
      { Host: `${EVIL}:3000@shop.test` },
      { Host: 'shop.test"><script>' },
      { 'X-Forwarded-Host': EVIL, 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '1' },
      { Forwarded: `for=1.2.3.4;host=${EVIL};proto=https` },
      { 'X-Original-URL': '/user/sessions', 'X-Rewrite-URL': '/user/sessions' },
      { 'X-Host': EVIL, 'X-Forwarded-Server': EVIL, 'X-Forwarded-Prefix': `//${EVIL}` },
      { 'X-Forwarded-For': `127.0.0.1, ${EVIL}, '; DROP TABLE attempts; --` },
    ];
    const wires = forged.map((headers) => ({
      path: INDEX,
      headers: { ...headers, ...bearer(attacker.token) },
    }));
    await target.withstand(async () => {
      for (const { text, headers, body } of await expectEnvelopes(wires)) {
        expect(JSON.stringify(headers) + text).not.toContain(EVIL);
        expect(body.data.data.avatar).toMatch(`${target.url}/static/`);
      }
    });
  });

  it('make no one another', async () => {
    // One more than the service is set to hear from one address, each "from" another.
    const tries = Array.from({ length: 1_001 }, (_, index) => ({
      ...json('/user/login', { type: 'username', accounts: `nobody_${index}`, pwd: 'wrong' }),
      headers: {
        'Content-Type': 'application/json',
        'X-Forwarded-For': `10.0.${index >> 8}.${index & 255}`,
        'X-Real-IP': `10.1.${index >> 8}.${index & 255}`,
      },
    }));
    const answers = await expectEnvelopes(tries);
    expect(answers.filter(({ body }) => body.code === -429).length).toBeGreaterThan(0);
  });
});

describe('the log', () => {
  it('takes no line from a request', async () => {
    const forged = '"}\n{"level":60,"time":"now","msg":"forged"}\n';
    const encoded = encodeURIComponent(forged);
    const headers = { 'User-Agent': encoded, Referer: `http://x/${encoded}`, Cookie: encoded };
    await target.withstand(() =>
      expectEnvelopes([
        { path: `/${encoded}`, headers },
        { path: `/api.php?s=${encoded}`, headers },
        {
          path: `${INDEX}?token=${encoded}&lang=${encoded}`,
          headers: { ...headers, Authorization: `Bearer ${encoded}` },
        },
        json(SAVE, { nickname: forged, token: forged }, headers),
        json('/user/login', { type: 'username', accounts: forged, pwd: forged }, headers),
        { method: 'POST', path: SAVE, ...encodeBody('form', { [forged]: forged }) },
        { method: 'POST', path: SAVE, ...encodeBody('multipart', { [forged]: forged }) },
      ]),
    );
    expect(target.log().length).toBeGreaterThan(0);
    expect(target.log().filter(({ msg }) => msg === 'forged')).toEqual([]);
  });
});
