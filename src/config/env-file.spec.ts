import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { SettingsError } from './env.js';
import { readEnvFile } from './env-file.js';

const BYTE_ORDER_MARK = '\uFEFF';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nest-shopxo-env-'));
  path = join(folder, '.env');
});

afterEach(() => rmSync(folder, { recursive: true }));

const read = (content: string | Buffer): unknown => {
  writeFileSync(path, content);
  return readEnvFile(path, ['PORT', 'NODE_ENV']);
};

/** What a file is refused with, without the folder. */
function refusal(action: () => unknown): string {
  try {
    return `accepted: ${JSON.stringify(action())}`;
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message.replaceAll(path, '.env');
  }
}

describe('a line', () => {
  it.each([
    ['A=1'],
    ['A='],
    ['A = 1 '],
    ['export A=1'],
    ['  A=1'],
    ['A=1\r\nB=2\r\n'],
    ['\n\n# A=2\n#A=3\nA=1\n'],
    ['# it\'s "open\nA=1'],
    ['A="x y"'],
    ["A='x # y'"],
    ['A=`"x" \'y\'`'],
    ['A="x" # a comment'],
    ['A=x # a comment'],
    ['A= # a comment'],
    ['A="1\\n2"'],
    ["A='1\\n2'"],
    ['A=1\\n2'],
    ['A=it\'s "so"'],
    ['A=postgres://shop:a%2Fb@db.test:5432/shop?sslmode=require'],
    ['A=商城'],
    ['A==1'],
  ])('is read as Node.js reads it: %j', (text) => {
    expect(read(text)).toEqual(parseEnv(text));
  });

  it.each([
    ['behind a byte order mark', `${BYTE_ORDER_MARK}A=1\nB=2`],
    ['behind one within the file', `A=1\n${BYTE_ORDER_MARK}B=2`],
    ['after a carriage return', 'A=1\rB=2'],
    ['after export and a tab', 'export\tA=1\nB=2'],
    ['in front of a no-break space', 'A=1\u00A0\n\u3000B=2'],
  ])('is read %s', (_, text) => {
    expect(read(text)).toEqual({ A: '1', B: '2' });
  });

  it.each([
    ['PORT 3000', 'must be NAME=value'],
    ['PORT: 3000', 'must be NAME=value'],
    ['PORT', 'must be NAME=value'],
    ['export PORT', 'must be NAME=value'],
    ['set PORT=3000', 'must be NAME=value'],
    ['=3000', 'must be NAME=value'],
    ['DATABASE-URL=x', 'must be NAME=value'],
    ['1A=x', 'must be NAME=value'],
    ['PORT＝3000', 'must be NAME=value'],
    ['\u200BPORT=3000', 'must be NAME=value'],
    ['“PORT”=3000', 'must be NAME=value'],
    ['// PORT=3000', 'must be NAME=value'],
    ['PORT="3000', 'opens a quote and does not close it'],
    ['PORT= "3000', 'opens a quote and does not close it'],
    ['PORT=\'3000"', 'opens a quote and does not close it'],
    ['PORT="3000" x', 'has text after its closing quote'],
    ['A="say \\"x\\""', 'has text after its closing quote'],
    ['A=pass#word', 'must have quotes around a value with #'],
    ['A=#word', 'must have quotes around a value with #'],
    ['A=1\0', 'has a control character'],
    ['A=\u001B[1m', 'has a control character'],
    ['node_env=production', 'must write NODE_ENV in capitals'],
    ['B=2', 'sets B again, after line 1'],
  ])('is refused by its number: %j', (line, problem) => {
    expect(refusal(() => read(`B=1\r\n\n${line}\nC=3\n`))).toBe(`.env line 3 ${problem}`);
  });

  it('is refused with every other wrong one, and repeated by none', () => {
    const problems = refusal(() => read('A="geheim\nB geheim\nC=1\nC=geheim\nD=geheim#\n'));
    expect(problems.split('\n').map((one) => one.slice(0, '.env line n'.length))).toEqual([
      '.env line 1',
      '.env line 2',
      '.env line 4',
      '.env line 5',
    ]);
    expect(problems).not.toContain('geheim');
  });

  it('does not go on in the next one, which would swallow that', () => {
    expect(refusal(() => read('A="1\nNODE_ENV=production\nB=2"'))).toBe(
      '.env line 1 opens a quote and does not close it',
    );
  });

  it('may set what is no setting', () => {
    expect(read('http_proxy=x\nPOSTGRES_PASSWORD=y')).toEqual({
      http_proxy: 'x',
      POSTGRES_PASSWORD: 'y',
    });
  });
});

describe('a file', () => {
  it('may be absent or empty', () => {
    expect(readEnvFile(path, [])).toEqual({});
    expect(read('')).toEqual({});
    expect(read(BYTE_ORDER_MARK)).toEqual({});
  });

  it.each([
    ['UTF-16', Buffer.from('\uFEFFNODE_ENV=production\n', 'utf16le')],
    ['UTF-16, big-endian', Buffer.from('\uFEFFNODE_ENV=production\n', 'utf16le').swap16()],
    ['Latin-1', Buffer.from('A=é\nNODE_ENV=production\n', 'latin1')],
  ])('is refused in %s', (_, bytes) => {
    expect(refusal(() => read(bytes))).toMatch(/^\.env cannot be read: .*utf-8/);
  });

  it('is refused in UTF-16 without a byte order mark', () => {
    const bytes = Buffer.from('NODE_ENV=production\n', 'utf16le');
    expect(refusal(() => read(bytes))).toMatch(/^\.env line 1 must be NAME=value/);
  });

  it('is refused where it is a folder', () => {
    mkdirSync(path);
    expect(refusal(() => readEnvFile(path, []))).toMatch(/^\.env cannot be read: .*EISDIR/);
  });

  it.each([
    ['nowhere', 'absent', 'ENOENT'],
    ['to itself', '.env', 'ELOOP'],
  ])('is refused where it is a link that leads %s', (_, target, code) => {
    symlinkSync(target, path);
    expect(refusal(() => readEnvFile(path, []))).toMatch(
      new RegExp(`^\\.env cannot be read: .*${code}`),
    );
  });
});
