import fc from 'fast-check';
import { readParts, textOf } from './multipart.js';
import { ProtocolException } from '../envelope/protocol.exception.js';

const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 1_000);

// The same cases every time; another seed makes others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_221_119), numRuns: RUNS });

const BOUNDARY = 'XB';

/** The names and texts of a body's parts; undefined where it is refused. */
function read(body: Buffer): [name: string, text: string][] | undefined {
  try {
    return Array.from(readParts(body, BOUNDARY), (part) => [part.name, textOf(part)]);
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolException);
    return undefined;
  }
}

/** Texts that look like the framing but cannot be a boundary, which senders choose to be in no text. */
const text = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom('\r\n', '\r', '\n', '--', '--X', '-', ':', ';', '"', ' '),
      },
      fc.constantFrom('Content-Disposition: form-data; name="x"', 'B', 'XB', '\ufeff', '\0', '%22'),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))
  .filter((value) => !`\r\n${value}\r\n`.includes(`\r\n--${BOUNDARY}`));

const name = fc.oneof(
  fc.constantFrom(
    'address',
    'nickname',
    'a[b]',
    '__proto__',
    '上海',
    'ü',
    'a b',
    '"',
    'a;b',
    "a'b",
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
);

/** Mostly what can be read, or else no property is tried. */
const mostly = (readable: readonly string[], odd: readonly string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...readable) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );

const caseOf = (word: string) => fc.constantFrom(word, word.toLowerCase(), word.toUpperCase());

/** How senders spell the name of a part. */
const disposition = (value: string) =>
  fc
    .tuple(
      caseOf('form-data'),
      fc.shuffledSubarray(['x=1', 'y="a;b"', 'z', ''], { maxLength: 3 }),
      mostly(
        [
          `name="${value.replace(/["\r\n]/g, (char) => encodeURIComponent(char))}"`,
          `NAME = "${value.replace(/["\r\n]/g, (char) => encodeURIComponent(char))}"`,
          `name*=UTF-8''${encodeURIComponent(value)}`,
        ],
        [
          // Such a name cannot stand without quotes.
          /[\s;"]/.test(value) ? '' : `name=${value}`,
          `name="${value.replaceAll('"', '\\"')}"`,
          `name="${value}"`,
          `name*=GBK''${encodeURIComponent(value)}`,
          `name="${value}`,
          'name=""',
        ],
      ),
      fc.nat({ max: 3 }),
      fc.constantFrom('', '', ' ', '\t', '\r\n '),
      fc.constantFrom('', ';', ' ; '),
    )
    .map(([type, others, named, at, space, end]) => {
      const parameters = [...others.slice(0, at), named, ...others.slice(at)];
      return [type, ...parameters].join(`;${space}`) + end;
    });

/** The disposition among other headers, most of them harmless. */
const headers = (value: string) =>
  fc
    .tuple(
      fc
        .tuple(caseOf('Content-Disposition'), fc.constantFrom(':', ': ', ':\t', ' : '))
        .map((pieces) => pieces.join('')),
      disposition(value),
      mostly(
        [
          'X-A: b',
          'Content-Type: application/octet-stream',
          'content-type: text/plain; charset=UTF8',
          'Content-Type: text/plain; charset="utf-8";',
          'Content-Type: x',
        ],
        ['Content-Type: text/plain; charset=none'],
      ),
      mostly(
        ['X-B:', 'Content-Transfer-Encoding: 8bit', 'content-transfer-encoding: BINARY'],
        ['Content-Transfer-Encoding: base64'],
      ),
      mostly(['Content-Length: 1'], ['Content-Disposition: form-data', 'no header', 'X-A: c']),
      mostly(['all'], ['some']),
    )
    .chain(([key, spelt, type, encoding, other, which]) => {
      const lines = [key + spelt, type, encoding, other];
      return fc.shuffledSubarray(lines, { minLength: which === 'all' ? lines.length : 1 });
    });

const part = fc.tuple(name, text).chain(([partName, value]) =>
  fc.record({
    name: fc.constant(partName),
    text: fc.constant(value),
    padding: mostly(['', ' ', '\t '], ['-', 'x']),
    headers: headers(partName),
    lineEnd: mostly(['\r\n'], ['\n']),
  }),
);

it('reads every part of a body whole, under its name, or refuses the body', () => {
  let readBodies = 0;
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 3 }),
      mostly(['', '\r\n'], ['text\r\n']),
      mostly(['--\r\n', '--', '--\r\n\r\n', '-- \r\n'], ['--text', '', '\r\n', '-']),
      (parts, before, end) => {
        const sections = parts.map(
          ({ padding, headers: lines, lineEnd, text: value }) =>
            `--${BOUNDARY}${padding}${[lineEnd, ...lines.map((line) => line + lineEnd), lineEnd].join('')}${value}\r\n`,
        );
        const received = read(Buffer.from(`${before}${sections.join('')}--${BOUNDARY}${end}`));
        if (received === undefined) return;
        readBodies += 1;
        expect(received).toEqual(parts.map((one) => [one.name, one.text]));
      },
    ),
  );
  // Enough of them to say something.
  expect(readBodies).toBeGreaterThan(RUNS / 5);
});

it('reads plain bodies, whatever their texts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, text), { maxLength: 5 }), (fields) => {
      const sections = fields.map(
        ([key, value]) =>
          `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${key
            .replace(/"/g, '%22')
            .replace(/\r/g, '%0D')
            .replace(/\n/g, '%0A')}"\r\n\r\n${value}\r\n`,
      );
      const received = read(Buffer.from(`${sections.join('')}--${BOUNDARY}--\r\n`));
      const isNamed = fields.every(([key]) => !/[\\\ufffd]|%22|%0[ad]|^'[^]*'$/i.test(key));
      if (isNamed) expect(received).toEqual(fields);
    }),
  );
});

it('never throws anything else, whatever the bytes', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.constantFrom(
            ...[';', ':', '=', '"', '\\', "'", ' ', '\t', '\r', '\n', '\0', '-', '%', '*', ','],
          ),
          fc.boolean(),
        ),
        {
          maxLength: 6,
        },
      ),
      (changes) => {
        let body =
          `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n` +
          `--${BOUNDARY}\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; name=b\r\n\r\ntwo\r\n` +
          `--${BOUNDARY}--\r\n`;
        for (const [at, char, replace] of changes) {
          const index = at % body.length;
          body = body.slice(0, index) + char + body.slice(index + (replace ? 1 : 0));
        }
        read(Buffer.from(body));
      },
    ),
  );
});
