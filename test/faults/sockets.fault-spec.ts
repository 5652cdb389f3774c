import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { killServices } from '../support/service-process.js';
import { answersOn, converse, dial, http, type RawAnswer } from './support/conversation.js';
import { Target } from './support/target.js';
import { expectEnvelope } from './support/verdict.js';

const BODY = '{"nickname":"forged"}';
const SAVE = 'POST /personal/save';

let target: Target;
let user: TestUser;

beforeAll(async () => {
  target = await Target.start({ MAX_CONNECTIONS: '20000' });
  user = await createUser(target.db, { nickname: 'before' });
});

afterAll(async () => {
  await target.stop();
  await killServices();
  target.log();
});

/** Headers of a save that would be done. */
const good = (): string[] => [
  `Authorization: Bearer ${user.token}`,
  'Content-Type: application/json',
];

const sized = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}`;

/** Expects what ends a connection: one last envelope, of this status. */
function expectTurnedAway(answers: readonly RawAnswer[], ...statuses: number[]): void {
  expect(answers).toHaveLength(1);
  const [answer] = answers;
  expectEnvelope(answer!);
  expect(statuses).toContain(answer!.status);
}

describe('those who take their time', () => {
  const IDLE = 10_000;
  const OWN_FILES = 1_000;
  const SLOW = 20;
  const AT_ONCE = 500;

  /** As many as this process may have. */
  const idleConnections = (): number => {
    const { userLimits } = process.report.getReport() as unknown as {
      userLimits: { open_files: { soft: number | 'unlimited' } };
    };
    const { soft } = userLimits.open_files;
    return soft === 'unlimited' ? IDLE : Math.min(IDLE, soft - OWN_FILES);
  };

  /** Sends bytes at once, and the rest of the request a byte a second. */
  const slow = async (request: Buffer, slowly: number): Promise<RawAnswer[]> => {
    const socket = await dial(target.url);
    const answers = answersOn(socket);
    socket.write(request.subarray(0, -slowly));
    for (const byte of request.subarray(-slowly)) {
      await sleep(1_000);
      if (!socket.writable) break;
      socket.write(Buffer.from([byte]));
    }
    return answers;
  };

  it('are told so, and keep no one else waiting', async () => {
    const count = idleConnections();
    await target.withstand(async () => {
      const sockets: Socket[] = [];
      while (sockets.length < count) {
        const some = Math.min(AT_ONCE, count - sockets.length);
        sockets.push(...(await Promise.all(Array.from({ length: some }, () => dial(target.url)))));
      }
      process.stdout.write(`${count} idle connections\n`);
      // Half as long again as the service waits for headers, and for the whole.
      const slowly = Array.from({ length: SLOW }, (_, index) =>
        index % 2 === 0
          ? slow(http('GET /personal/index', good()), 20)
          : slow(http(SAVE, [...good(), 'Content-Length: 60'], BODY.padEnd(60)), 45),
      );
      for (const answers of await Promise.all([...sockets.map(answersOn), ...slowly])) {
        expectTurnedAway(answers, 408);
      }
    });
  });
});

describe('a body that ends too early', () => {
  const part = '--b\r\nContent-Disposition: form-data; name="nickname"\r\n\r\nforged';

  it.each<[string, string, string[], string]>([
    ['JSON', 'application/json', ['Content-Length: 100'], BODY],
    ['JSON, chunked', 'application/json', ['Transfer-Encoding: chunked'], `15\r\n${BODY}\r\n`],
    ['a cut chunk', 'application/json', ['Transfer-Encoding: chunked'], `64\r\n${BODY}`],
    ['a form', 'application/x-www-form-urlencoded', ['Content-Length: 100'], 'nickname=forged'],
    ['multipart', 'multipart/form-data; boundary=b', ['Content-Length: 500'], part],
    ['no body at all', 'application/json', ['Content-Length: 100'], ''],
  ])('changes nothing: %s', async (_, type, framing, body) => {
    await target.withstand(async () => {
      for (const path of ['personal/save', 'personal/useravatarupload', 'user/reg']) {
        const socket = await dial(target.url);
        const answers = answersOn(socket);
        const headers = [
          `Authorization: Bearer ${user.token}`,
          `Content-Type: ${type}`,
          ...framing,
        ];
        socket.end(http(`POST /${path}`, headers, body));
        for (const answer of await answers) expectEnvelope(answer);
      }
    });
  });

  it('changes nothing where the client is just gone', async () => {
    await target.withstand(async () => {
      for (let count = 0; count < 50; count += 1) {
        const socket = await dial(target.url);
        socket.write(http(SAVE, [...good(), 'Content-Length: 100'], BODY));
        socket.resetAndDestroy();
      }
    });
  });
});

describe('headers', () => {
  const save = (...headers: string[]): Buffer =>
    http(SAVE, [...good(), sized(BODY), 'Connection: close', ...headers], BODY);

  it.each<[string, () => Buffer, number[]]>([
    ['20 kB in one', () => save(`X-Large: ${'x'.repeat(20_000)}`), [431]],
    ['20 kB of name', () => save(`${'x'.repeat(20_000)}: 1`), [431]],
    ['2000 of them', () => save(...Array.from({ length: 2_000 }, (_, n) => `X-${n}: 1234`)), [431]],
    ['a path of 20 kB', () => http(`POST /${'x'.repeat(20_000)}`, []), [431]],
    ['a second host', () => save('Host: evil.test'), [400]],
    ['a second length', () => save('Content-Length: 1'), [400]],
    ['a name with a blank', () => save('X Name: 1'), [400]],
    ['a name with a blank behind', () => save('X-Name : 1'), [400]],
    ['NUL in a value', () => save('X-Name: a\0b'), [400]],
    ['a bare carriage return', () => save('X-Name: a\rX-Other: b'), [400]],
    ['no colon', () => save('X-Name'), [400]],
    ['no name', () => save(': 1'), [400]],
    ['an unknown expectation', () => save('Expect: the-unexpected'), [417]],
    ['a method of lower case', () => http('post /personal/save', ['Connection: close']), [400]],
    ['an unknown method', () => http('SAVE /personal/save', ['Connection: close']), [400]],
    ['HTTP/2 without asking', () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), [400]],
    ['TLS', () => Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03]), [400]],
    ['an empty line and bytes', () => Buffer.from('\r\n\r\n\0\xff\xfe garbage\r\n\r\n'), [400]],
    ['an escape character in a value', () => save('X-Request-Id: \x1b[31mred'), [400]],
    ['CONNECT', () => http('CONNECT evil.test:443', []), [404]],
    ['TRACE', () => http('TRACE /personal/save', ['Connection: close']), [405]],
  ])('are refused: %s', async (_, bytes, statuses) => {
    const answers = await target.withstand(() => converse(target.url, bytes()));
    expectTurnedAway(answers, ...statuses);
  });

  it.each([
    ['a second token', () => [`Authorization: Bearer ${'0'.repeat(32)}`], -400],
    ['an upgrade', () => ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'], 0],
    ['a range', () => ['Range: bytes=0-1'], 0],
    ['a condition', () => ['If-None-Match: *', 'If-Match: "x"'], 0],
  ])('mean nothing: %s', async (_, headers, expected) => {
    // The first of two Authorization headers counts, as Node reads it; the forged one stands first.
    const bytes = http(
      'POST /personal/index',
      [...headers(), ...good(), 'Content-Length: 2', 'Connection: close'],
      '{}',
    );
    const answers = await target.withstand(() => converse(target.url, bytes));
    expect(answers).toHaveLength(1);
    expect(expectEnvelope(answers[0]!)).toBe(expected);
  });
});

describe('the request id', () => {
  it.each([
    'a b',
    'a%0d%0aX-Injected: 1',
    'a\tb',
    '{"level":60}',
    'x'.repeat(65),
    'a","msg":"forged',
    '../../etc/passwd',
    '${jndi:ldap://evil.test/a}',
    'ÿþ',
    '',
  ])('forges neither a header nor a log line: %j', async (id) => {
    const bytes = http('GET /personal/index', [`X-Request-Id: ${id}`, 'Connection: close']);
    const [answer] = await target.withstand(() => converse(target.url, bytes));
    expectEnvelope(answer!);
    expect(answer!.headers['x-request-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(answer!.headers).not.toHaveProperty('x-injected');
  });

  it('is not made of two', async () => {
    const bytes = http('GET /personal/index', [
      'X-Request-Id: one',
      'X-Request-Id: two',
      'Connection: close',
    ]);
    const [answer] = await converse(target.url, bytes);
    expect(answer!.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a request hidden in another', () => {
  const HIDDEN_ID = 'hidden-request';
  const hidden = (): string =>
    http(
      'POST /personal/save',
      [...good(), sized(BODY), `X-Request-Id: ${HIDDEN_ID}`],
      BODY,
    ).toString();

  /** A request with this framing whose body is the hidden one, in whole or behind a chunk's end. */
  const carrier = (framing: string[], body: string): Buffer =>
    http('POST /personal/index', [...good(), ...framing], body);

  const forms: [string, () => Buffer][] = [
    ...[
      ['two lengths', ['Content-Length: 0', 'Content-Length: 500']],
      ['the same length twice', ['Content-Length: 0', 'Content-Length: 0']],
      ['a list of lengths', ['Content-Length: 0, 0']],
      ['a signed length', ['Content-Length: +0']],
      ['a negative length', ['Content-Length: -1']],
      ['a hexadecimal length', ['Content-Length: 0x0']],
      ['a length with a comma', ['Content-Length: 0,']],
      ['a length with a vertical tab', ['Content-Length: \x0b0']],
      ['a length beyond 64 bits', ['Content-Length: 18446744073709551616']],
      ['an empty length', ['Content-Length:']],
      ['a length with a blank before the colon', ['Content-Length : 0']],
      ['a folded length', ['X-Name: 1', ' Content-Length: 0']],
    ].map(([name, framing]): [string, () => Buffer] => [
      name as string,
      () => carrier(framing as string[], hidden()),
    ]),
    ...[
      ['length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
      ['chunks and length', ['Transfer-Encoding: chunked', 'Content-Length: 4']],
      ['chunked twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
      ['chunked twice in one', ['Transfer-Encoding: chunked, chunked']],
      ['chunked, then identity', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
      ['chunked, identity', ['Transfer-Encoding: chunked, identity']],
      ['an unknown coding', ['Transfer-Encoding: xchunked']],
      ['a vertical tab', ['Transfer-Encoding: \x0bchunked']],
      ['a blank before the colon', ['Transfer-Encoding : chunked']],
      ['a parameter', ['Transfer-Encoding: chunked;q=1']],
      ['quotes', ['Transfer-Encoding: "chunked"']],
      ['folded chunks', ['Transfer-Encoding:', ' chunked']],
      ['folded into another', ['X-Name: 1', ' Transfer-Encoding: chunked']],
      ['identity and length', ['Transfer-Encoding: identity', 'Content-Length: 0']],
    ].map(([name, framing]): [string, () => Buffer] => [
      name as string,
      () => carrier(framing as string[], `0\r\n\r\n${hidden()}`),
    ]),
    ...[
      ['a bare line feed behind its size', (rest: string) => `2\n{}\r\n0\r\n\r\n${rest}`],
      ['a bare line feed behind its data', (rest: string) => `2\r\n{}\n0\r\n\r\n${rest}`],
      ['no end of line behind its data', (rest: string) => `2\r\n{}0\r\n\r\n${rest}`],
      [
        'a size of more than 64 bits',
        (rest: string) => `10000000000000002\r\n{}\r\n0\r\n\r\n${rest}`,
      ],
      ['a size with a sign', (rest: string) => `+2\r\n{}\r\n0\r\n\r\n${rest}`],
      ['a size with 0x', (rest: string) => `0x2\r\n{}\r\n0\r\n\r\n${rest}`],
      ['a blank before its size', (rest: string) => ` 2\r\n{}\r\n0\r\n\r\n${rest}`],
      ['a negative size', (rest: string) => `-2\r\n{}\r\n0\r\n\r\n${rest}`],
      ['no size', (rest: string) => `\r\n{}\r\n0\r\n\r\n${rest}`],
      ['a line feed in its extension', (rest: string) => `2;a\nb\r\n{}\r\n0\r\n\r\n${rest}`],
      ['a bare line feed behind the last', (rest: string) => `2\r\n{}\r\n0\n\n${rest}`],
    ].map(([name, body]): [string, () => Buffer] => [
      `a chunk with ${name as string}`,
      () => carrier(['Transfer-Encoding: chunked'], (body as (rest: string) => string)(hidden())),
    ]),
    [
      'bare line feeds for every line end',
      () =>
        Buffer.from(carrier(['Content-Length: 0'], hidden()).toString().replaceAll('\r\n', '\n')),
    ],
    [
      'a bare line feed before its length',
      () => carrier(['X-Name: 1\nContent-Length: 0'], hidden()),
    ],
    [
      'a carriage return before its length',
      () => carrier(['X-Name: 1\rContent-Length: 0'], hidden()),
    ],
  ];

  it.each(forms)('is never seen: %s', async (_, bytes) => {
    const answers = await target.withstand(() => converse(target.url, bytes()));
    expectTurnedAway(answers, 400);
  });

  it('chunked by HTTP/1.0 is read as one body or not at all', async () => {
    const bytes = Buffer.from(
      carrier(['Transfer-Encoding: chunked'], `0\r\n\r\n${hidden()}`)
        .toString()
        .replace('HTTP/1.1', 'HTTP/1.0'),
    );
    for (const answer of await target.withstand(() => converse(target.url, bytes))) {
      expectEnvelope(answer);
    }
  });

  it('stands in no log line', () => {
    expect(target.log().filter((line) => line.request_id === HIDDEN_ID)).toEqual([]);
  });

  it('but two in a row are two', async () => {
    const bytes = Buffer.concat([
      http('POST /personal/index', [...good(), 'Content-Length: 2'], '{}'),
      http('POST /personal/index', [...good(), 'Content-Length: 2', 'Connection: close'], '{}'),
    ]);
    const answers = await target.withstand(() => converse(target.url, bytes));
    expect(answers.map(expectEnvelope)).toEqual([0, 0]);
  });
});

describe('what follows a good request', () => {
  it('takes nothing from its answer', async () => {
    const { id, token } = await createUser(target.db, { nickname: 'before' });
    const body = '{"nickname":"after"}';
    const headers = [`Authorization: Bearer ${token}`, 'Content-Type: application/json'];
    const save = http(SAVE, [...headers, sized(body)], body);
    const answers = await converse(target.url, Buffer.concat([save, Buffer.from('\0\r\n\r\n')]));
    expect(await rowOf(target.db, id)).toMatchObject({ nickname: 'after' });
    expect(answers.map(expectEnvelope)).toEqual([0, -1]);
  });
});

describe('a request target', () => {
  it.each([
    'http://evil.test/personal/save',
    '//evil.test/personal/save',
    '/static/../../../package.json',
    '/static/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/static/..%5c..%5cpackage.json',
    '/static/%00',
    '/static/%zz',
    '/static/%c0%ae%c0%ae/package.json',
    '/personal/%zz',
    '/personal/save%00',
    '/personal/save/../index',
    '/upload/../package.json',
    '*',
    '/?s=personal/index',
    '/api.php?s=%zz',
    '/api.php?s=../../package.json',
    '/api.php/../personal/index',
    '/docs/../package.json',
    '/.env',
    '/.git/config',
  ])('leads nowhere it should not: %s', async (path) => {
    const bytes = http(`GET ${path}`, ['Connection: close']);
    const answers = await target.withstand(() => converse(target.url, bytes));
    expect(answers).toHaveLength(1);
    expect(expectEnvelope(answers[0]!)).not.toBe(0);
    expect(answers[0]!.status).toBeGreaterThanOrEqual(400);
  });
});
