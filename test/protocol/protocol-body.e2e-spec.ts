import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, send, type Wire } from '../support/wire.js';

const LIMIT = 100_000;
const SAVE = '/personal/save';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const MULTIPART_TYPE = 'multipart/form-data; boundary=b';
const TYPES = [JSON_TYPE, FORM_TYPE, MULTIPART_TYPE] as const;

type Field = readonly [name: string, value: string];

const part = ([name, value]: Field, header = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n${header}\r\n${value}\r\n`;

/** A body of plain fields in one of the types. */
const encode = (type: string, fields: readonly Field[]): string => {
  if (type === JSON_TYPE) return JSON.stringify(Object.fromEntries(fields));
  if (type === FORM_TYPE) return fields.map((field) => field.join('=')).join('&');
  return `${fields.map((field) => part(field)).join('')}--b--\r\n`;
};

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp();
  user = await createUser(test.db);
});

afterAll(async () => {
  await test.close();
});

const post = (
  type: string | undefined,
  body: string | Buffer,
  { path = SAVE, headers = {}, ...rest }: Partial<Wire> = {},
): Promise<Answer> =>
  send(test.url, {
    method: 'POST',
    path,
    headers: {
      ...bearer(user.token),
      ...(type !== undefined && { 'Content-Type': type }),
      ...headers,
    },
    body,
    ...rest,
  });

/** Expects a failure that changes nothing. */
async function expectRefusal(
  answer: () => Promise<Answer>,
  status: number,
  message = /./,
): Promise<void> {
  const before = await rowOf(test.db, user.id);
  const received = await answer();
  expectFailure(received, status, -1);
  expect(received.body.msg).toMatch(message);
  expect(await rowOf(test.db, user.id)).toEqual(before);
}

describe('the limit of 100 kB', () => {
  const sized = (type: string, size: number): string => {
    const fields = (filler: string): Field[] => [
      ['nickname', 'n'],
      ['x', filler],
    ];
    return encode(type, fields('x'.repeat(size - encode(type, fields('')).length)));
  };

  const framings = TYPES.flatMap((type) => [
    [type, 'of a known length', {}] as const,
    [type, 'chunked', { chunked: true }] as const,
  ]);

  it.each(framings)('%s, %s: 100,000 bytes are read, one more is refused', async (type, _, how) => {
    expect((await post(type, sized(type, LIMIT), how)).body).toMatchObject({ code: 0 });
    await expectRefusal(() => post(type, sized(type, LIMIT + 1), how), 413, /100 kB/);
  });

  it('counts bytes, not characters', async () => {
    const body = JSON.stringify({ nickname: 'n', x: '上'.repeat(33_333) });
    expect(body.length).toBeLessThan(LIMIT);
    await expectRefusal(() => post(JSON_TYPE, body), 413);
  });

  it.each(TYPES)('counts what %s is after decompression', async (type) => {
    const headers = { 'Content-Encoding': 'gzip' };
    const zipped = (size: number): Buffer => gzipSync(sized(type, size));
    expect((await post(type, zipped(LIMIT), { headers })).body).toMatchObject({ code: 0 });
    await expectRefusal(() => post(type, zipped(LIMIT + 1), { headers }), 413);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    [
      'br',
      (bytes: Buffer) =>
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    ],
  ] as const)('stops a %s bomb of 50 MB', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(50_000_000, ' '));
    expect(bomb.length).toBeLessThan(LIMIT);
    for (const type of TYPES) {
      await expectRefusal(
        () => post(type, bomb, { headers: { 'Content-Encoding': encoding } }),
        413,
      );
    }
  });
});

describe('a malformed body', () => {
  const bytes = (...parts: (string | number[])[]): Buffer =>
    Buffer.concat(parts.map((one) => Buffer.from(one as string)));

  const malformed: [string, string, string | Buffer][] = [
    ['JSON cut off', JSON_TYPE, '{"nickname":"n"'],
    ['JSON with something behind it', JSON_TYPE, '{"nickname":"n"}x'],
    ['JSON with single quotes', JSON_TYPE, `{'nickname':'n'}`],
    ['JSON that is a form', JSON_TYPE, 'nickname=n'],
    ['JSON of blanks', JSON_TYPE, '   '],
    ['a top-level list', JSON_TYPE, '[]'],
    ['a top-level list of an object', JSON_TYPE, '[{"nickname":"n"}]'],
    ['a top-level string', JSON_TYPE, '"nickname"'],
    ['a top-level number', JSON_TYPE, '1'],
    ['a top-level null', JSON_TYPE, 'null'],
    ['a top-level boolean', JSON_TYPE, 'true'],
    ['JSON in bytes that are not UTF-8', JSON_TYPE, bytes('{"nickname":"', [0xff], '"}')],
    ['JSON in overlong UTF-8', JSON_TYPE, bytes('{"nickname":"n', [0xc0, 0x80], '"}')],
    ['JSON with a UTF-8 surrogate', JSON_TYPE, bytes('{"nickname":"', [0xed, 0xa0, 0x80], '"}')],
    ['JSON cut inside a character', JSON_TYPE, bytes('{"nickname":"', [0xe4, 0xb8], '"}')],
    ['a form with half an escape', FORM_TYPE, 'nickname=n%'],
    ['a form with a wrong escape', FORM_TYPE, 'nickname=%zz'],
    ['a form whose escapes are not UTF-8', FORM_TYPE, 'nickname=%ff'],
    ['a form whose escapes are a surrogate', FORM_TYPE, 'nickname=%ED%A0%80'],
    ['a form in bytes that are not UTF-8', FORM_TYPE, bytes('nickname=', [0xff])],
    ['a form with a wrong name', FORM_TYPE, 'nickname=n&%ff=1'],
    ['multipart without an end', MULTIPART_TYPE, part(['nickname', 'n'])],
    ['multipart without parts', MULTIPART_TYPE, 'nickname=n'],
    [
      'multipart without a boundary',
      'multipart/form-data',
      encode(MULTIPART_TYPE, [['nickname', 'n']]),
    ],
    [
      'multipart with a part without a name',
      MULTIPART_TYPE,
      '--b\r\nContent-Disposition: form-data\r\n\r\nn\r\n--b--\r\n',
    ],
    [
      'multipart in bytes that are not UTF-8',
      MULTIPART_TYPE,
      bytes(
        '--b\r\nContent-Disposition: form-data; name="nickname"\r\n\r\n',
        [0xff],
        '\r\n--b--\r\n',
      ),
    ],
  ];

  it.each(malformed)('is refused: %s', async (_, type, body) => {
    await expectRefusal(() => post(type, body), 400);
  });

  it('is refused although it is compressed, or claims to be', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    await expectRefusal(() => post(JSON_TYPE, gzipSync('{"nickname"'), { headers }), 400);
    await expectRefusal(() => post(JSON_TYPE, '{"nickname":"n"}', { headers }), 400);
  });

  it('is not repeated in the answer', async () => {
    const { text } = await post(JSON_TYPE, '{"nickname":"SecretText" x');
    expect(text).not.toMatch(/Secret|position|token|JSON\.parse/i);
  });
});

describe('nesting', () => {
  const objects = (levels: number): string =>
    `${'{"nickname":"n","x":'.repeat(levels - 1)}{"nickname":"n"}${'}'.repeat(levels - 1)}`;
  const lists = (levels: number): string =>
    `{"nickname":"n","x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  it.each([FORM_TYPE, MULTIPART_TYPE])(
    'of %s is read to level 32 and refused beyond',
    async (type) => {
      const nested = (levels: number): string =>
        encode(type, [
          ['nickname', 'n'],
          [`x${'[a]'.repeat(levels - 1)}`, '1'],
        ]);
      expect((await post(type, nested(32))).body).toMatchObject({ code: 0 });
      await expectRefusal(() => post(type, nested(33)), 400, /32/);
    },
  );

  it.each([
    ['objects', objects],
    ['lists', lists],
  ])('of %s is read to level 32 and refused beyond', async (_, nested) => {
    expect((await post(JSON_TYPE, nested(32))).body).toMatchObject({ code: 0 });
    await expectRefusal(() => post(JSON_TYPE, nested(33)), 400, /32/);
  });

  it.each([
    ['JSON', JSON_TYPE, lists(49_000)],
    ['a form', FORM_TYPE, `nickname=n&x${'[a]'.repeat(30_000)}=1`],
    [
      'multipart',
      MULTIPART_TYPE,
      encode(MULTIPART_TYPE, [
        ['nickname', 'n'],
        [`x${'[a]'.repeat(2_000)}`, '1'],
      ]),
    ],
  ])('to no end is refused in %s', async (_, type, body) => {
    await expectRefusal(() => post(type, body), 400);
  });
});

describe('another type', () => {
  it.each([
    ['text/plain'],
    ['text/json'],
    ['application/xml'],
    ['application/ld+json'],
    ['application/jsonx'],
    ['application/octet-stream'],
    ['multipart/mixed; boundary=b'],
    ['x'],
    [undefined],
  ])('is not read: %s', async (type) => {
    await expectRefusal(() => post(type, '{"nickname":"n"}'), 415, /application\/json/);
    await expectRefusal(() => post(type, '{"nickname":"n"}', { chunked: true }), 415);
  });

  it.each([
    [JSON_TYPE, 'latin1', '{"nickname":"n"}'],
    [JSON_TYPE, 'iso-8859-1', '{"nickname":"n"}'],
    [JSON_TYPE, 'gbk', '{"nickname":"n"}'],
    [JSON_TYPE, 'utf-7', '{"nickname":"n"}'],
    [JSON_TYPE, 'utf-16le', Buffer.from('{"nickname":"n"}', 'utf16le')],
    [FORM_TYPE, 'iso-8859-1', 'nickname=%E4%B8%8A'],
    [FORM_TYPE, 'gbk', 'nickname=n'],
  ])('nor is %s in %s', async (type, charset, body) => {
    await expectRefusal(() => post(`${type}; charset=${charset}`, body), 415);
  });

  it.each([
    'utf-8',
    'UTF-8',
    '"utf-8"',
    'utf8',
    'UTF8',
    '"UTF8"',
    "'utf-8'",
    ' utf-8 ',
    'utf-8;',
    'unicode-1-1-utf-8',
    'x-unicode20utf8',
    'csUTF8',
  ])('but charset=%s is', async (charset) => {
    for (const type of TYPES) {
      const body = encode(type, [['nickname', '上海']]);
      for (const parameters of [`charset=${charset}`, `x=y; CHARSET=${charset}`]) {
        const answer = await post(`${type}; ${parameters}`, body);
        expect(answer.body).toMatchObject({ code: 0, data: { nickname: '上海' } });
      }
    }
  });

  it.each([';', '; ', ' ;charset=utf8', '; utf-8', '; x; charset=utf8', '; x=1'])(
    'and so is a type that ends on "%s"',
    async (end) => {
      for (const type of TYPES) {
        const answer = await post(type + end, encode(type, [['nickname', '上海']]));
        expect(answer.body).toMatchObject({ code: 0, data: { nickname: '上海' } });
      }
    },
  );

  it('nor is an unknown compression', async () => {
    const headers = { 'Content-Encoding': 'compress' };
    await expectRefusal(() => post(JSON_TYPE, '{"nickname":"n"}', { headers }), 415);
  });
});

describe('an empty body is an empty object', () => {
  it.each([...TYPES, 'text/plain', undefined])('%s', async (type) => {
    for (const chunked of [false, true]) {
      const read = await post(type, '', { path: '/personal/index', chunked });
      expect({ chunked, body: read.body }).toMatchObject({ chunked, body: { code: 0 } });
      await expectRefusal(() => post(type, '', { chunked }), 200, /（nickname）/);
    }
  });

  it('and so is one without fields', async () => {
    for (const type of TYPES) {
      expect((await post(type, encode(type, []), { path: '/personal/index' })).body.code).toBe(0);
    }
  });
});

describe('a parameter that is not a string', () => {
  const fields: [string, readonly Field[]][] = [
    ['a list', [['nickname[]', 'n']]],
    [
      'a list of two',
      [
        ['nickname[]', 'n'],
        ['nickname[]', 'm'],
      ],
    ],
    ['an object', [['nickname[a]', 'n']]],
    ['a nested object', [['nickname[a][b]', 'n']]],
    ['a numbered list', [['nickname[0]', 'n']]],
    [
      'a duplicate',
      [
        ['nickname', 'n'],
        ['nickname', 'm'],
      ],
    ],
    [
      'the same twice',
      [
        ['nickname', 'n'],
        ['nickname', 'n'],
      ],
    ],
    [
      'text and a list',
      [
        ['nickname', 'n'],
        ['nickname[]', 'm'],
      ],
    ],
    [
      'text and an object',
      [
        ['nickname', 'n'],
        ['nickname[a]', 'm'],
      ],
    ],
  ];

  it.each(
    fields.flatMap(([name, list]) =>
      [FORM_TYPE, MULTIPART_TYPE].map((type) => [name, type, list] as const),
    ),
  )('is refused: %s in %s', async (_, type, list) => {
    await expectRefusal(() => post(type, encode(type, list)), 200, /（nickname）/);
  });

  it.each(['["n"]', '[]', '{}', '{"a":"n"}', '[["n"]]', '{"toString":"n"}', '{"length":1}'])(
    'is refused: %s in JSON',
    async (value) => {
      await expectRefusal(() => post(JSON_TYPE, `{"nickname":${value}}`), 200, /（nickname）/);
    },
  );
});

describe('many fields', () => {
  const many = (count: number, name: (index: number) => string): Field[] => [
    ['nickname', 'n'],
    ...Array.from({ length: count - 1 }, (_, index): Field => [name(index), '1']),
  ];

  it.each([
    [FORM_TYPE, 'different ones', (index: number) => `x${index}`],
    [FORM_TYPE, 'one again and again', () => 'x'],
    [FORM_TYPE, 'a list', () => 'x[]'],
    [MULTIPART_TYPE, 'different ones', (index: number) => `x${index}`],
    [MULTIPART_TYPE, 'one again and again', () => 'x'],
  ] as const)('%s, %s: a thousand are read, one more is refused', async (type, _, name) => {
    expect((await post(type, encode(type, many(1_000, name)))).body).toMatchObject({ code: 0 });
    await expectRefusal(() => post(type, encode(type, many(1_001, name))), 413, /1000/);
  });

  it('are no harm in JSON and in a query string', async () => {
    const body = encode(
      JSON_TYPE,
      many(5_000, (index) => `x${index}`),
    );
    const path = `${SAVE}?${'x=1&'.repeat(2_000)}`;
    expect((await post(JSON_TYPE, body, { path })).body).toMatchObject({ code: 0 });
  });

  it('nor is a list with one very high index', async () => {
    for (const type of [FORM_TYPE, MULTIPART_TYPE]) {
      const body = encode(type, [
        ['nickname', 'n'],
        ['x[999999999]', '1'],
      ]);
      const { status } = await post(type, body);
      expect([200, 400]).toContain(status);
    }
  });
});

describe('names of prototypes', () => {
  const polluted: [string, string, string][] = [
    [
      'JSON',
      JSON_TYPE,
      '{"__proto__":{"nickname":"evil","polluted":"1"},"constructor":{"prototype":{"polluted":"1"}}}',
    ],
    [
      'nested JSON',
      JSON_TYPE,
      '{"x":{"__proto__":{"polluted":"1"}},"__proto__":{"__proto__":{"polluted":"1"}}}',
    ],
    ...([FORM_TYPE, MULTIPART_TYPE] as const).map((type): [string, string, string] => [
      type,
      type,
      encode(type, [
        ['__proto__[nickname]', 'evil'],
        ['__proto__[polluted]', '1'],
        ['__proto__', '1'],
        ['__proto__[]', '1'],
        ['constructor[prototype][polluted]', '1'],
        ['x[__proto__][polluted]', '1'],
        ['x[constructor][prototype][polluted]', '1'],
      ]),
    ]),
  ];

  it.each(polluted)('change nothing and set nothing: %s', async (_, type, body) => {
    const names = Reflect.ownKeys(Object.prototype);
    await expectRefusal(
      () =>
        post(type, body, {
          path: `${SAVE}?__proto__[polluted]=1&constructor[prototype][polluted]=1`,
        }),
      200,
      /（nickname）/,
    );
    expect(Reflect.ownKeys(Object.prototype)).toEqual(names);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('do not carry a token', async () => {
    const headers = { Authorization: '' };
    const bodies: [string, string][] = [
      [JSON_TYPE, `{"__proto__":{"token":"${user.token}"}}`],
      [FORM_TYPE, `__proto__[token]=${user.token}`],
      [MULTIPART_TYPE, encode(MULTIPART_TYPE, [['__proto__[token]', user.token]])],
    ];
    for (const [type, body] of bodies) {
      const path = `/personal/index?__proto__[token]=${user.token}`;
      expectFailure(await post(type, body, { path, headers }), 200, -400);
    }
  });

  it.each(TYPES)('are names like others at the top of %s', async (type) => {
    const names = ['toString', 'valueOf', 'hasOwnProperty', 'constructor', 'then', 'toJSON'];
    const fields: Field[] = [['nickname', 'n'], ...names.map((name): Field => [name, '1'])];
    expect((await post(type, encode(type, fields))).body).toMatchObject({ code: 0 });
  });
});

describe('a file', () => {
  const file = (name: string): string =>
    `--b\r\nContent-Disposition: form-data; name="${name}"; filename="a.png"\r\n` +
    'Content-Type: image/png\r\n\r\nbytes\r\n';

  it.each(['avatar', 'nickname', 'file', '__proto__', ''])(
    'is refused where none is expected: "%s"',
    async (name) => {
      const field = part(['nickname', 'n']);
      for (const body of [field + file(name), file(name) + field]) {
        await expectRefusal(() => post(MULTIPART_TYPE, `${body}--b--\r\n`), 400);
      }
    },
  );
});
