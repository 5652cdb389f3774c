import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { DatabaseSettings } from './database.settings.js';
import { type Env, SettingsError } from './env.js';
import { HttpSettings } from './http.settings.js';
import { LOG_LEVELS, RuntimeSettings } from './runtime.settings.js';
import { SessionSettings } from './session.settings.js';
import { loadSettings, pickSettings, settingNames } from './settings.js';

const runtime = (env: Env) => pickSettings(loadSettings(env), RuntimeSettings);
const http = (env: Env) => pickSettings(loadSettings(env), HttpSettings);
const database = (env: Env) => pickSettings(loadSettings(env), DatabaseSettings);
const session = (env: Env) => pickSettings(loadSettings(env), SessionSettings);

/** The message that an environment is refused with; empty where it is accepted. */
function refusal(env: Env): string {
  try {
    loadSettings(env);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    return (error as SettingsError).message;
  }
}

describe('.env.example', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const values = parseEnv(text.replace(/^#(?=[A-Z_]+=)/gm, '')) as Env;

  it('names every setting and no other, each once', () => {
    const names = Array.from(text.matchAll(/^#?([A-Z_]+)=/gm), ([, name]) => name);
    expect(names.sort()).toEqual(settingNames().sort());
  });

  it('sets nothing when copied as it is', () => {
    expect(parseEnv(text)).toEqual({});
  });

  it('shows the defaults', () => {
    expect(loadSettings(values)).toEqual(loadSettings({}));
    const blank = Object.keys(values).filter((name) => values[name] === '');
    expect(blank.sort()).toEqual(['CORS_ORIGINS', 'DATABASE_URL', 'PUBLIC_URL']);
  });

  it.each(settingNames())('says of %s what it is and what is allowed', (name) => {
    const block = text.split(/\n\n/).find((one) => one.includes(`\n#${name}=`)) ?? '';
    expect(block).toMatch(/^(# .+\n)+# Allowed: .+\n(# .+\n)*#[A-Z_]+=.*\n?$/);
  });
});

describe('the defaults', () => {
  it('are what development on one machine needs', () => {
    expect(runtime({})).toEqual({
      nodeEnv: 'development',
      timezone: 'Asia/Shanghai',
      logLevel: 'info',
    });
    expect(http({})).toEqual({ port: 3000, host: '127.0.0.1', trustProxy: false });
    expect(database({})).toEqual({
      dataDir: resolve('.data'),
      poolSize: 10,
      connectTimeoutMs: 800,
      statementTimeoutMs: 1_000,
    });
    expect(session({})).toEqual({ idleDays: 30, absoluteDays: 180 });
  });

  it.each(['', ' ', '\t\n'])('hold for a blank variable (%j)', (blank) => {
    const env = Object.fromEntries(settingNames().map((name) => [name, blank]));
    expect(loadSettings(env)).toEqual(loadSettings({}));
  });

  it.each([
    [{}, 'http://127.0.0.1:3000'],
    [{ PORT: '8080' }, 'http://127.0.0.1:8080'],
    [{ HOST: 'shop.test' }, 'http://shop.test:3000'],
    [{ HOST: '0.0.0.0', PORT: '80' }, 'http://localhost:80'],
    [{ HOST: '::' }, 'http://localhost:3000'],
    [{ HOST: '::1' }, 'http://[::1]:3000'],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://shop.test' }, 'https://shop.test'],
  ])('make the public URL of host and port: %j', (env, url) => {
    expect(http(env).publicUrl).toBe(url);
  });

  it('use the embedded database only without a server', () => {
    expect(database({}).embedded).toBe(true);
    expect(database({ DATABASE_URL: 'postgres://localhost/shop' }).embedded).toBe(false);
  });
});

interface VariableCase {
  readonly read: (env: Env) => unknown;
  /** Texts and what they mean. */
  readonly good: readonly (readonly [text: string, value: unknown])[];
  readonly bad: readonly string[];
  /** What a refusal says is expected. */
  readonly expected: string;
}

const asThemselves = (...texts: string[]) => texts.map((text) => [text, text] as const);

const wholeNumber = (
  read: (env: Env) => number,
  min: number,
  max: number,
  unit: string,
): VariableCase => ({
  read,
  good: [
    [String(min), min],
    [String(max), max],
    [` ${max}\t`, max],
  ],
  bad: [
    String(min - 1),
    String(max + 1),
    `-${max}`,
    `+${max}`,
    `${max}.0`,
    `${max}x`,
    '1e2',
    '0x64',
    '1 00',
    '１００',
    'NaN',
    'Infinity',
    '9'.repeat(30),
  ],
  expected: `${unit} from ${min} to ${max}`,
});

const variables: Record<string, VariableCase> = {
  NODE_ENV: {
    read: (env) => runtime(env).nodeEnv,
    good: asThemselves('development', 'test', 'production'),
    bad: ['Production', 'prod', 'staging', 'development,test'],
    expected: 'development, test or production',
  },
  APP_TIMEZONE: {
    read: (env) => runtime(env).timezone,
    good: asThemselves('Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires'),
    bad: ['Asia/Nowhere', 'Shanghai', 'UTC+8', '8', 'Asia/Shanghai;'],
    expected: 'an IANA time zone such as Asia/Shanghai',
  },
  LOG_LEVEL: {
    read: (env) => runtime(env).logLevel,
    good: asThemselves(...LOG_LEVELS),
    bad: ['INFO', 'verbose', '30', 'info,warn'],
    expected: 'one of fatal, error, warn, info, debug, trace, silent',
  },
  PORT: wholeNumber((env) => http(env).port, 1, 65_535, 'a port number'),
  HOST: {
    read: (env) => http(env).host,
    good: asThemselves('0.0.0.0', '::', 'fe80::1', 'localhost', 'shop-1.test'),
    bad: ['[::1]', 'a b', 'http://shop.test', 'shop.test/', 'a,b', '上海'],
    expected: 'an address or host name to listen on',
  },
  PUBLIC_URL: {
    read: (env) => http(env).publicUrl,
    good: [
      ['https://shop.test', 'https://shop.test'],
      ['https://shop.test//', 'https://shop.test'],
      ['http://localhost:8080/shop/', 'http://localhost:8080/shop'],
      ['http://[::1]:3000', 'http://[::1]:3000'],
    ],
    bad: [
      'shop.test',
      '//shop.test',
      'ftp://shop.test',
      'javascript:alert(1)',
      'https://',
      'https://shop.test/?a',
      'https://shop.test?',
      'https://shop.test/#a',
      'https://shop .test',
      'https://shop.test:99999',
    ],
    expected: 'an absolute http or https URL without query and fragment',
  },
  CORS_ORIGINS: {
    read: (env) => http(env).corsOrigins,
    good: [
      ['*', ['*']],
      ['https://shop.test', ['https://shop.test']],
      ['http://a.test:8080 , https://b.test', ['http://a.test:8080', 'https://b.test']],
    ],
    bad: [
      'shop.test',
      'null',
      'ftp://shop.test',
      'https://shop.test/',
      'https://a.test https://b.test',
      '*,https://shop.test',
      'https://shop.test,*',
      'https://shop.test,b',
    ],
    expected: '* or a comma-separated list of origins (scheme://host[:port])',
  },
  TRUST_PROXY: {
    read: (env) => http(env).trustProxy,
    good: [
      ['false', false],
      ['0', 0],
      ['10', 10],
      ['loopback', ['loopback']],
      [
        '10.0.0.0/8, 192.0.2.1/32,fd00::/8,::1/128',
        ['10.0.0.0/8', '192.0.2.1/32', 'fd00::/8', '::1/128'],
      ],
    ],
    bad: [
      'true',
      '11',
      '-1',
      '1.5',
      ',',
      'everyone',
      'proxy.test',
      '10.0.0/8',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/33',
      '10.0.0.0/-1',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '::1/129',
      'loopback,everyone',
    ],
    expected:
      'false, a number of proxies from 0 to 10, or a comma-separated list of addresses and networks',
  },
  DATABASE_URL: {
    read: (env) => database(env).url,
    good: asThemselves(
      'postgres://shop:geheim@db.test:5432/shop',
      'postgresql://localhost/shop',
      'postgres://shop:a%2Fb@[::1]:5432/shop?sslmode=require',
    ),
    bad: [
      'mysql://shop:geheim@db.test/shop',
      'postgres:shop:geheim@db.test/shop',
      'shop:geheim@db.test/shop',
      'postgres://shop:geheim@db.test',
      'postgres://shop:geheim@db.test/',
      'postgres://shop:geheim@db.test/?sslmode=require',
      'postgres://shop:geheim@db.test/shop/x',
      'postgres://shop:geheim@db.test/my shop',
      'postgres://shop:geheim/@db.test/shop',
      'postgres://shop:geheim#@db.test/shop',
      'postgres://shop:geheim%zz@db.test/shop',
      'postgres://shop:geheim@db.test:99999/shop',
    ],
    expected: 'a postgres:// or postgresql:// URL that names a database',
  },
  DATA_DIR: {
    read: (env) => database(env).dataDir,
    good: [
      ['/var/lib/shop', '/var/lib/shop'],
      ['data', resolve('data')],
      ['../my data', resolve('../my data')],
    ],
    bad: [],
    expected: 'a folder',
  },
  DATABASE_POOL_SIZE: wholeNumber(
    (env) => database(env).poolSize,
    1,
    200,
    'a number of connections',
  ),
  DATABASE_CONNECT_TIMEOUT_MS: wholeNumber(
    (env) => database(env).connectTimeoutMs,
    100,
    60_000,
    'milliseconds',
  ),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber(
    (env) => database(env).statementTimeoutMs,
    100,
    600_000,
    'milliseconds',
  ),
  SESSION_IDLE_DAYS: wholeNumber((env) => session(env).idleDays, 1, 3_650, 'days'),
  SESSION_ABSOLUTE_DAYS: wholeNumber((env) => session(env).absoluteDays, 1, 3_650, 'days'),
};

const cases = Object.entries(variables);

describe('a variable', () => {
  it('has its cases below', () => {
    expect(Object.keys(variables).sort()).toEqual(settingNames().sort());
  });

  it.each(cases.flatMap(([name, { good }]) => good.map(([text, value]) => [name, text, value])))(
    'is accepted: %s=%j',
    (name, text, value) => {
      expect(variables[name as string]!.read({ [name as string]: text as string })).toEqual(value);
    },
  );

  it.each(cases.flatMap(([name, { bad }]) => bad.map((text) => [name, text] as const)))(
    'is refused: %s=%j',
    (name, text) => {
      const said = refusal({ [name]: text });
      expect(said.split('\n')).toEqual([expect.stringMatching(`^${name} must be `)]);
      expect(said).toContain(variables[name]!.expected);
      expect(said).not.toContain('geheim');
    },
  );
});

describe('a refusal', () => {
  it('names every wrong variable', () => {
    const wrong = cases.filter(([, { bad }]) => bad.length > 0);
    const lines = refusal(Object.fromEntries(wrong.map(([name, { bad }]) => [name, bad[0]])));
    expect(lines.split('\n').map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(wrong.map(([name]) => name)),
    );
    expect(lines.split('\n')).toHaveLength(wrong.length);
  });

  it('repeats the value, but never that of a connection string', () => {
    expect(refusal({ LOG_LEVEL: 'loud' })).toMatch(/, not "loud"$/);
    expect(refusal({ DATABASE_URL: 'mysql://shop:geheim@db.test/shop' })).not.toContain('shop:');
  });
});
