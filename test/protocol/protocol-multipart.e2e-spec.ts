import { createUser, rowOf, type TestUser } from '../support/accounts.js';
import { expectFailure } from '../support/envelope.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { type Answer, bearer, send } from '../support/wire.js';

// What real clients send as multipart/form-data. Whatever a body holds is read or refused: an answer of
// success means that every field arrived.

const TYPE = 'multipart/form-data; boundary=XB';

let test: TestApp;
let user: TestUser;

beforeAll(async () => {
  test = await startTestApp();
});

afterAll(() => test.close());

beforeEach(async () => {
  user = await createUser(test.db, { nickname: 'before', address: 'before' });
});

const post = (body: string | Buffer, type = TYPE): Promise<Answer> =>
  send(test.url, {
    method: 'POST',
    path: '/personal/save',
    headers: { ...bearer(user.token), 'Content-Type': type },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });

const NICKNAME = 'Content-Disposition: form-data; name="nickname"\r\n\r\nafter';
const ADDRESS = 'Content-Disposition: form-data; name="address"\r\n\r\n上海路1号';

/** A body of parts that are given with their headers. */
const bodyOf = (...parts: string[]): string =>
  `${parts.map((part) => `--XB\r\n${part}\r\n`).join('')}--XB--\r\n`;

const expectRead = (answer: Answer): void =>
  expect(answer.body).toMatchObject({ code: 0, data: { nickname: 'after', address: '上海路1号' } });

async function expectRefused(answer: Answer, statuses = [400, 415]): Promise<void> {
  expect(statuses).toContain(answer.status);
  expectFailure(answer, answer.status, -1);
  expect(await rowOf(test.db, user.id)).toMatchObject({ nickname: 'before', address: 'before' });
}

/** A part named address, with its headers spelt so. */
const address = (disposition: string, headers = '', value = '上海路1号'): string =>
  `Content-Disposition: ${disposition}\r\n${headers}\r\n${value}`;

describe('a text part is read', () => {
  it.each([
    [
      'typed as bytes, without a filename',
      address('form-data; name="address"', 'Content-Type: application/octet-stream\r\n'),
    ],
    ['with a semicolon at the end', address('form-data; name="address";')],
    ['with semicolons and blanks', address('form-data ; ; name = "address" ; ')],
    ['without quotes', address('form-data; name=address')],
    ['with other parameters in front', address('form-data; x=1; y; name="address"; z="2"')],
    ['with headers in any case', ADDRESS.replace('Content-Disposition', 'CONTENT-disposition')],
    ['with its type in any case', address('Form-Data; NAME="address"')],
    [
      'with its disposition behind other headers',
      `Content-Type: text/plain\r\nContent-Length: 9\r\nX-A: b\r\n${ADDRESS}`,
    ],
    ['with a folded header', address('form-data;\r\n name="address"')],
    ['with a name in the extended form', address("form-data; name*=UTF-8''%61ddress")],
    ...['8bit', '7bit', 'Binary', '8BIT'].map((encoding): [string, string] => [
      `transferred as ${encoding}`,
      address('form-data; name="address"', `Content-Transfer-Encoding: ${encoding}\r\n`),
    ]),
    ...['utf8', 'UTF8', '"utf-8"', "'utf-8'", 'unicode-1-1-utf-8', 'csUTF8', '"UTF8";'].map(
      (charset): [string, string] => [
        `with charset=${charset}`,
        address('form-data; name="address"', `Content-Type: text/plain; charset=${charset}\r\n`),
      ],
    ),
  ])('%s', async (_, part) => {
    const nickname = NICKNAME;
    expectRead(await post(bodyOf(nickname, part)));
    expectRead(await post(bodyOf(part, nickname)));
  });

  it('in the charset that it names', async () => {
    const [head = '', tail = ''] = bodyOf(
      NICKNAME,
      address('form-data; name="address"', 'Content-Type: text/plain; charset=GBK\r\n', '|'),
    ).split('|');
    const gbk = Buffer.from([0xc9, 0xcf, 0xba, 0xa3, 0xc2, 0xb7, 0x31, 0xba, 0xc5]);
    expectRead(await post(Buffer.concat([Buffer.from(head), gbk, Buffer.from(tail)])));
  });

  it.each([
    ['blanks behind a boundary', bodyOf(NICKNAME, ADDRESS).replace(/--XB\r\n/g, '--XB \t\r\n')],
    ['an empty line in front', `\r\n${bodyOf(NICKNAME, ADDRESS)}`],
    ['empty lines at the end', `${bodyOf(NICKNAME, ADDRESS)}\r\n\r\n`],
    ['no line end at the end', bodyOf(NICKNAME, ADDRESS).trimEnd()],
    [
      'an empty file field',
      bodyOf(
        NICKNAME,
        'Content-Disposition: form-data; name="file"; filename=""\r\n' +
          'Content-Type: application/octet-stream\r\n\r\n',
        ADDRESS,
      ),
    ],
  ])('in a body with %s', async (_, body) => {
    expectRead(await post(body));
  });
});

describe('a body with a part that cannot be read is refused', () => {
  it.each([
    ['no headers', '\r\n上海路1号'],
    ['no disposition', 'Content-Type: text/plain\r\n\r\n上海路1号'],
    ['two dispositions', `Content-Disposition: form-data; name="x"\r\n${ADDRESS}`],
    ['another disposition', address('attachment; name="address"')],
    ['no name', address('form-data')],
    ['an empty name', address('form-data; name=""')],
    ['single quotes, which PHP takes off', address("form-data; name='address'")],
    ['an open quote', address('form-data; name="address')],
    ['an escaped quote in its name', address('form-data; name="a\\"ddress"')],
    ['a name in an unknown charset', address("form-data; name*=x-none''address")],
    ['a line that is no header', `x\r\n${ADDRESS}`],
    ['a bare line feed in a header', `Content-Type: text/plain\n${ADDRESS}`],
    ['line feeds only', ADDRESS.replace(/\r\n/g, '\n')],
    ['no end of its headers', 'Content-Disposition: form-data; name="address"'],
    ['endless headers', `X-A: ${'x'.repeat(20_000)}\r\n${ADDRESS}`],
    ...['base64', 'quoted-printable', 'gzip'].map((encoding): [string, string] => [
      `the transfer encoding ${encoding}`,
      address('form-data; name="address"', `Content-Transfer-Encoding: ${encoding}\r\n`),
    ]),
    ...['unknown', '', 'utf-9', 'utf-7'].map((charset): [string, string] => [
      `the charset "${charset}"`,
      address('form-data; name="address"', `Content-Type: text/plain; charset=${charset}\r\n`),
    ]),
    [
      'bytes that its charset does not have',
      address('form-data; name="address"', 'Content-Type: text/plain; charset=utf-16\r\n', 'odd'),
    ],
  ])('%s', async (_, part) => {
    await expectRefused(await post(bodyOf(NICKNAME, part)));
    await expectRefused(await post(bodyOf(part, NICKNAME)));
    await expectRefused(await post(bodyOf(part, NICKNAME, ADDRESS)));
  });

  it('a name in bytes that are not UTF-8', async () => {
    const [head = '', tail = ''] = bodyOf(NICKNAME, address('form-data; name="|"')).split('|');
    const body = Buffer.concat([Buffer.from(head), Buffer.from([0xb5, 0xd8]), Buffer.from(tail)]);
    await expectRefused(await post(body));
  });

  it.each([
    ['text in front', `上海\r\n${bodyOf(NICKNAME)}`],
    ['text behind its end', `${bodyOf(NICKNAME)}上海`],
    ['parts behind its end', bodyOf(NICKNAME) + bodyOf(ADDRESS)],
    ['a part that begins on its boundary', bodyOf(NICKNAME, ADDRESS).replace('XB\r\n', 'XB-\r\n')],
    ['no end', bodyOf(NICKNAME, ADDRESS).replace('--XB--\r\n', '')],
    ['half an end', bodyOf(NICKNAME, ADDRESS).replace('--XB--\r\n', '--XB-')],
    ['line feeds instead of line ends', bodyOf(NICKNAME, ADDRESS).replace(/\r\n/g, '\n')],
    [
      'more empty file inputs than fields are taken',
      bodyOf(
        ...Array<string>(1_001).fill('Content-Disposition: form-data; name=f; filename=""\r\n\r\n'),
      ),
    ],
    ['another boundary', bodyOf(NICKNAME, ADDRESS).replace(/XB/g, 'XC')],
  ])('%s', async (_, body) => {
    await expectRefused(await post(body), [400, 413]);
  });
});

describe('the boundary', () => {
  it.each([
    'multipart/form-data; boundary=XB;',
    'multipart/form-data; boundary=XB ; ',
    'multipart/form-data;boundary=XB',
    'multipart/form-data ; boundary = XB',
    'multipart/form-data; boundary="XB"',
    'multipart/form-data; boundary="XB";',
    'Multipart/Form-Data; BOUNDARY=XB',
    'multipart/form-data; charset=utf-8; boundary=XB',
    'multipart/form-data; charset=UTF8; boundary=XB;',
    'multipart/form-data; boundary=XB; charset="utf8"',
    'multipart/form-data; x; boundary=XB',
  ])('is found in %s', async (type) => {
    expectRead(await post(bodyOf(NICKNAME, ADDRESS), type));
  });

  it.each(['XB XB', "'()+_,-./:=?", 'XB;XB', 'X'.repeat(70)])('may be "%s"', async (boundary) => {
    const body = bodyOf(NICKNAME, ADDRESS).replaceAll('XB', boundary);
    expectRead(await post(body, `multipart/form-data; boundary="${boundary}"`));
  });

  it('has at most 70 characters, for a long one is searched for in quadratic time', async () => {
    const boundary = 'X'.repeat(71);
    const body = bodyOf(NICKNAME, ADDRESS).replaceAll('XB', boundary);
    await expectRefused(await post(body, `multipart/form-data; boundary=${boundary}`), [400]);
  });

  it.each([
    'multipart/form-data',
    'multipart/form-data;',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    'multipart/form-data; boundary="XB',
    'multipart/form-data; boundary XB',
    'multipart/form-data, boundary=XB',
    'multipart/form-data; boundary=XC; boundary=XB',
    'multipart/form-data; charset=gbk; boundary=XB',
    'multipart/form-data/; boundary=XB',
  ])('is missed in %s, and the body refused', async (type) => {
    await expectRefused(await post(bodyOf(NICKNAME, ADDRESS), type));
  });
});
