import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { AgreementSettings } from './agreement.settings.js';
import { AttemptSettings } from './attempt.settings.js';
import { AuditSettings } from './audit.settings.js';
import { AvatarSettings } from './avatar.settings.js';
import { DatabaseSettings } from './database.settings.js';
import { type Env, SettingsError } from './env.js';
import { EventSettings } from './event.settings.js';
import { HttpSettings } from './http.settings.js';
import { type LimitName, LimitSettings } from './limit.settings.js';
import { LogSettings } from './log.settings.js';
import { MailSettings } from './mail.settings.js';
import { MessageSettings } from './message.settings.js';
import { MiniProgramSettings } from './mini-program.settings.js';
import { MetricsSettings } from './metrics.settings.js';
import { PasswordSettings } from './password.settings.js';
import { RedisSettings } from './redis.settings.js';
import { RegistrationSettings } from './registration.settings.js';
import { LOG_LEVELS, RuntimeSettings } from './runtime.settings.js';
import { S3Settings } from './s3.settings.js';
import { SecurityNoticeSettings } from './security-notice.settings.js';
import { ServerSettings } from './server.settings.js';
import { SessionSettings } from './session.settings.js';
import { StaticSettings } from './static.settings.js';
import { loadSettings, pickSettings, settingNames } from './settings.js';
import { SmsSettings } from './sms.settings.js';
import { TracingSettings } from './tracing.settings.js';
import { UserAddressSettings } from './user-address.settings.js';
import { VerificationSettings } from './verification.settings.js';

const runtime = (env: Env) => pickSettings(loadSettings(env), RuntimeSettings);
const http = (env: Env) => pickSettings(loadSettings(env), HttpSettings);
const server = (env: Env) => pickSettings(loadSettings(env), ServerSettings);
const database = (env: Env) => pickSettings(loadSettings(env), DatabaseSettings);
const session = (env: Env) => pickSettings(loadSettings(env), SessionSettings);
const password = (env: Env) => pickSettings(loadSettings(env), PasswordSettings);
const registration = (env: Env) => pickSettings(loadSettings(env), RegistrationSettings);
const attempt = (env: Env) => pickSettings(loadSettings(env), AttemptSettings);
const limit = (env: Env) => pickSettings(loadSettings(env), LimitSettings);
const redis = (env: Env) => pickSettings(loadSettings(env), RedisSettings);
const mail = (env: Env) => pickSettings(loadSettings(env), MailSettings);
const sms = (env: Env) => pickSettings(loadSettings(env), SmsSettings);
const verification = (env: Env) => pickSettings(loadSettings(env), VerificationSettings);
const log = (env: Env) => pickSettings(loadSettings(env), LogSettings);
const notice = (env: Env) => pickSettings(loadSettings(env), SecurityNoticeSettings);
const messages = (env: Env) => pickSettings(loadSettings(env), MessageSettings);
const miniProgram = (env: Env) => pickSettings(loadSettings(env), MiniProgramSettings);
const audit = (env: Env) => pickSettings(loadSettings(env), AuditSettings);
const event = (env: Env) => pickSettings(loadSettings(env), EventSettings);
const avatar = (env: Env) => pickSettings(loadSettings(env), AvatarSettings);
const s3 = (env: Env) => pickSettings(loadSettings(env), S3Settings).store;
const userAddress = (env: Env) => pickSettings(loadSettings(env), UserAddressSettings);
const agreement = (env: Env) => pickSettings(loadSettings(env), AgreementSettings);
const metrics = (env: Env) => pickSettings(loadSettings(env), MetricsSettings);
const tracing = (env: Env) => pickSettings(loadSettings(env), TracingSettings);

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
  const values = parseEnv(text.replace(/^#(?=[A-Z0-9_]+=)/gm, '')) as Env;

  it('names every setting and no other, each once', () => {
    const names = Array.from(text.matchAll(/^#?([A-Z0-9_]+)=/gm), ([, name]) => name);
    expect(names.sort()).toEqual(settingNames().sort());
  });

  it('sets nothing when copied as it is', () => {
    expect(parseEnv(text)).toEqual({});
  });

  it('shows the defaults', () => {
    expect(loadSettings(values)).toEqual(loadSettings({}));
    const blank = Object.keys(values).filter((name) => values[name] === '');
    expect(blank.sort()).toEqual([
      'AGREEMENTS_DIR',
      'ALIPAY_MINI_APPID',
      'ALIPAY_MINI_PRIVATE_KEY',
      'ALIPAY_MINI_PUBLIC_KEY',
      'ALIYUN_ACCESS_KEY_ID',
      'ALIYUN_ACCESS_KEY_SECRET',
      'ALIYUN_SMS_NOTICE_TEMPLATE_CODE',
      'ALIYUN_SMS_SIGN_NAME',
      'ALIYUN_SMS_TEMPLATE_CODE',
      'API_DOCS',
      'BAIDU_MINI_APPKEY',
      'BAIDU_MINI_SECRET',
      'CORS_ORIGINS',
      'DATABASE_URL',
      'ID_CARD_KEY',
      'KUAISHOU_MINI_APPID',
      'KUAISHOU_MINI_SECRET',
      'LOG_ACCOUNT_KEY',
      'MAIL_FROM',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'PASSWORD_HASH_CONCURRENCY',
      'PUBLIC_URL',
      'QQ_MINI_APPID',
      'QQ_MINI_SECRET',
      'REDIS_URL',
      'S3_ACCESS_KEY_ID',
      'S3_BUCKET',
      'S3_ENDPOINT',
      'S3_FORCE_PATH_STYLE',
      'S3_PUBLIC_URL',
      'S3_REGION',
      'S3_SECRET_ACCESS_KEY',
      'SMTP_URL',
      'STATIC_DIR',
      'TOUTIAO_MINI_APPID',
      'TOUTIAO_MINI_SECRET',
      'WEIXIN_MINI_APPID',
      'WEIXIN_MINI_SECRET',
    ]);
  });

  it.each(settingNames())('says of %s what it is and what is allowed', (name) => {
    const block = text.split(/\n\n/).find((one) => one.includes(`\n#${name}=`)) ?? '';
    expect(block).toMatch(/^(# .+\n)+# Allowed: .+\n(# .+\n)*#[A-Z0-9_]+=.*\n?$/);
  });
});

describe('the defaults', () => {
  it('are what development on one machine needs', () => {
    expect(runtime({})).toEqual({
      nodeEnv: 'development',
      timezone: 'Asia/Shanghai',
      logLevel: 'info',
      processes: 1,
    });
    expect(http({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      corsAllowedHeaders: ['traceparent', 'x-requested-with'],
      trustProxy: false,
    });
    expect(server({})).toEqual({
      maxRequestsInFlight: 1_000,
      maxConnections: 10_000,
      keepAliveTimeoutMs: 65_000,
      headersTimeoutMs: 10_000,
      requestTimeoutMs: 30_000,
      shutdownDelayMs: 0,
      shutdownTimeoutMs: 10_000,
    });
    expect(database({})).toEqual({
      dataDir: resolve('.data'),
      poolSize: 10,
      preparedStatements: true,
      connectTimeoutMs: 600,
      statementTimeoutMs: 1_100,
      requestTimeoutMs: 1_800,
      migrateAtStart: true,
    });
    expect(session({})).toEqual({
      idleDays: 30,
      absoluteDays: 180,
      cacheSeconds: 60,
      recentMinutes: 10,
    });
    expect(password({})).toEqual({
      minLength: 8,
      memoryKib: 19_456,
      passes: 2,
      parallelism: 1,
      hashConcurrency: Math.min(3, Math.max(1, availableParallelism() - 1)),
      hashQueue: 200,
    });
    expect(attempt({})).toEqual({
      accountLimit: 5,
      addressLimit: 20,
      captchaAfterFailures: 0,
      codeCaptchaAfterFailures: 100,
      windowMinutes: 15,
    });
    expect(limit({})).toEqual({
      userWrites: 60,
      userReads: 600,
      publicWrites: 60,
      publicReads: 300,
      wrongTokens: 60,
      refusals: 120,
      fileReads: 1_200,
    });
    expect(log({})).toEqual({ clientAddress: 'full' });
    expect(messages({})).toEqual({ retentionDays: 365 });
    expect(audit({})).toEqual({
      retentionDays: 365,
      profileRows: 1_000,
      profileKb: 1_000,
      accountRows: 5_000,
      accountKb: 5_000,
    });
    expect(redis({}).timeoutMs).toBe(500);
    expect(avatar({})).toEqual({
      uploadsPerHour: 5,
      unusedHours: 24,
      decoders: 2,
      decodeSeconds: 10,
    });
    expect(miniProgram({}).timeoutMs).toBe(3_000);
    expect(userAddress({})).toEqual({
      limit: 20,
      importPlatforms: ['weixin', 'alipay', 'baidu', 'toutiao', 'qq'],
      idCardKeys: [],
    });
    expect(verification({})).toMatchObject({
      codeLength: 4,
      logCodes: false,
      sendTimeoutMs: 5_000,
      perMinute: 30,
      perHour: 300,
    });
    expect(agreement({})).toEqual({
      dir: fileURLToPath(new URL('../../agreements', import.meta.url)),
    });
    expect(metrics({})).toMatchObject({ enabled: false, host: '127.0.0.1' });
    expect(tracing({})).toEqual({ serviceName: 'nest-shopxo', sampleRatio: 1 });
  });

  it('need no other service', () => {
    expect(redis({}).url).toBeUndefined();
    expect(mail({})).toMatchObject({ smtpUrl: undefined, from: undefined });
    expect(sms({})).toMatchObject({ accessKeyId: undefined, templateCode: undefined });
    expect(s3({})).toBeUndefined();
    const { weixin, qq, baidu, toutiao, kuaishou, alipay } = miniProgram({});
    expect([weixin, qq, baidu, toutiao, kuaishou, alipay]).toEqual(Array(6).fill(undefined));
    expect(tracing({}).enabled).toBe(false);
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
  /** Settings without which this one is refused. */
  readonly beside?: Env;
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

const requestsAMinute = (name: LimitName): VariableCase => {
  const whole = wholeNumber((env) => limit(env)[name], 0, 1_000_000, 'a number');
  return { ...whole, expected: 'requests a minute from 0 (no limit) to 1000000' };
};

const SMS: Env = {
  ALIYUN_ACCESS_KEY_ID: 'key',
  ALIYUN_ACCESS_KEY_SECRET: 'geheim',
  ALIYUN_SMS_SIGN_NAME: 'sign',
  ALIYUN_SMS_TEMPLATE_CODE: 'SMS_1',
};

const S3: Env = {
  S3_REGION: 'us-east-1',
  S3_BUCKET: 'pictures',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'geheim',
};

const keyOf = (byte: number): readonly [id: string, hex: string] => {
  const bytes = Buffer.alloc(32, byte);
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return [id, bytes.toString('hex')];
};

const ZERO_KEY = keyOf(0);
const FULL_KEY = keyOf(0xff);

const MAIL: Env = { SMTP_URL: 'smtp://mail.test', MAIL_FROM: 'shop@shop.test' };

/** Any text, which only counts together with others. */
const anyText = (read: (env: Env) => unknown, beside: Env, expected: string): VariableCase => ({
  read,
  beside,
  good: asThemselves('x', 'a/b+c=', '商城'),
  bad: [],
  expected,
});

const PLATFORMS = {
  WEIXIN: 'weixin',
  QQ: 'qq',
  BAIDU: 'baidu',
  TOUTIAO: 'toutiao',
  KUAISHOU: 'kuaishou',
} as const;

const URL_CASE = {
  good: [
    ['https://api.test', 'https://api.test'],
    ['http://127.0.0.1:8080/a/', 'http://127.0.0.1:8080/a'],
  ],
  bad: ['api.test', 'ftp://api.test', 'https://k:geheim@api.test', 'https://api.test/?a'],
  expected: 'an http or https URL without user, query and fragment',
} as const;

/** The id, the secret and the URL of a platform's mini-program. */
function miniProgramCases(prefix: keyof typeof PLATFORMS): Record<string, VariableCase> {
  const key = prefix === 'BAIDU' ? 'APPKEY' : 'APPID';
  const read = (env: Env) => miniProgram(env)[PLATFORMS[prefix]];
  const beside = { [`${prefix}_MINI_${key}`]: 'wx0', [`${prefix}_MINI_SECRET`]: 'geheim' };
  return {
    [`${prefix}_MINI_${key}`]: {
      read: (env) => read(env)?.id,
      beside,
      good: asThemselves('wx0', 'x'.repeat(64), 'a-b_C'),
      bad: ['x'.repeat(65), 'a b', 'a&b', '商城'],
      expected: 'of 1 to 64 letters, digits, _ or -',
    },
    [`${prefix}_MINI_SECRET`]: anyText((env) => read(env)?.secret, beside, 'set together'),
    [`${prefix}_MINI_URL`]: { ...URL_CASE, read: (env) => read(env)?.url, beside },
  };
}

const ALIPAY_KEYS = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const EC_KEYS = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

const privateText = (type: 'pkcs8' | 'pkcs1'): string =>
  ALIPAY_KEYS.privateKey.export({ type, format: 'der' }).toString('base64');
const publicText = (type: 'spki' | 'pkcs1'): string =>
  ALIPAY_KEYS.publicKey.export({ type, format: 'der' }).toString('base64');

const ALIPAY: Env = {
  ALIPAY_MINI_APPID: '2014072300007148',
  ALIPAY_MINI_PRIVATE_KEY: privateText('pkcs8'),
  ALIPAY_MINI_PUBLIC_KEY: publicText('spki'),
};

const WEIXIN: Env = { WEIXIN_MINI_APPID: 'wx0', WEIXIN_MINI_SECRET: 'geheim' };

const alipayKey = (key?: KeyObject) =>
  key &&
  createHash('sha256')
    .update(JSON.stringify(key.export({ format: 'jwk' })))
    .digest('hex');

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
    bad: ['Asia/Nowhere', 'Shanghai', 'UTC+8', '8', 'Asia/Shanghai;', '+08:00'],
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
      'https://k:geheim@shop.test',
    ],
    expected: 'an http or https URL without user, query and fragment',
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
  CORS_ALLOWED_HEADERS: {
    read: (env) => http(env).corsAllowedHeaders,
    good: [
      ['x-shop', ['x-shop']],
      ['traceparent , X-Requested-With', ['traceparent', 'X-Requested-With']],
    ],
    bad: [',', '*', 'x-shop,*', 'x shop', 'x-shop:', '上海', 'x'.repeat(65), 'x,'.repeat(51)],
    expected: 'a comma-separated list of 1 to 50 names of headers',
  },
  API_DOCS: {
    read: (env) => http(env).apiDocs,
    good: [
      ['true', true],
      ['false', false],
    ],
    bad: ['yes', '1', 'TRUE'],
    expected: 'true or false',
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
  MAX_REQUESTS_IN_FLIGHT: wholeNumber(
    (env) => server(env).maxRequestsInFlight,
    1,
    100_000,
    'a number of requests',
  ),
  MAX_CONNECTIONS: wholeNumber(
    (env) => server(env).maxConnections,
    1,
    1_000_000,
    'a number of connections',
  ),
  KEEP_ALIVE_TIMEOUT_MS: wholeNumber(
    (env) => server(env).keepAliveTimeoutMs,
    1_000,
    3_600_000,
    'milliseconds',
  ),
  HEADERS_TIMEOUT_MS: wholeNumber(
    (env) => server(env).headersTimeoutMs,
    100,
    600_000,
    'milliseconds',
  ),
  REQUEST_TIMEOUT_MS: wholeNumber(
    (env) => server(env).requestTimeoutMs,
    100,
    3_600_000,
    'milliseconds',
  ),
  SHUTDOWN_DELAY_MS: wholeNumber((env) => server(env).shutdownDelayMs, 0, 600_000, 'milliseconds'),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(
    (env) => server(env).shutdownTimeoutMs,
    0,
    600_000,
    'milliseconds',
  ),
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
  WEB_CONCURRENCY: {
    read: (env) => runtime(env).processes,
    good: [['1', 1]],
    bad: ['2', '128', '0', '-1', '1.5', 'auto'],
    expected:
      '1 or unset (for more cores run more instances, each on its own port: see deploy/README.md)',
  },
  DATABASE_PREPARED_STATEMENTS: {
    read: (env) => database(env).preparedStatements,
    good: [
      ['true', true],
      ['false', false],
    ],
    bad: ['yes', '0'],
    expected: 'true or false',
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
  DATABASE_REQUEST_TIMEOUT_MS: wholeNumber(
    (env) => database(env).requestTimeoutMs,
    100,
    600_000,
    'milliseconds',
  ),
  DATABASE_MIGRATE_AT_START: {
    read: (env) => database(env).migrateAtStart,
    good: [
      ['true', true],
      ['false', false],
    ],
    bad: ['yes', '0', 'FALSE'],
    expected: 'true or false',
  },
  SESSION_IDLE_DAYS: wholeNumber((env) => session(env).idleDays, 1, 3_650, 'days'),
  SESSION_ABSOLUTE_DAYS: wholeNumber((env) => session(env).absoluteDays, 1, 3_650, 'days'),
  SESSION_CACHE_SECONDS: wholeNumber((env) => session(env).cacheSeconds, 0, 300, 'seconds'),
  RECENT_SIGN_IN_MINUTES: wholeNumber((env) => session(env).recentMinutes, 1, 60, 'minutes'),
  PASSWORD_MIN_LENGTH: wholeNumber((env) => password(env).minLength, 6, 72, 'a length'),
  ARGON2_MEMORY_KIB: wholeNumber((env) => password(env).memoryKib, 8_192, 1_048_576, 'KiB'),
  ARGON2_PASSES: wholeNumber((env) => password(env).passes, 1, 20, 'a number of passes'),
  ARGON2_PARALLELISM: wholeNumber((env) => password(env).parallelism, 1, 16, 'a number of lanes'),
  PASSWORD_HASH_CONCURRENCY: wholeNumber(
    (env) => password(env).hashConcurrency,
    1,
    64,
    'a number of hashes',
  ),
  PASSWORD_HASH_QUEUE: wholeNumber(
    (env) => password(env).hashQueue,
    10,
    10_000,
    'a number of hashes',
  ),
  REGISTRATIONS_PER_HOUR: wholeNumber((env) => registration(env).perHour, 1, 10_000, 'a number'),
  ATTEMPT_ACCOUNT_LIMIT: wholeNumber(
    (env) => attempt(env).accountLimit,
    1,
    100,
    'a number of failures',
  ),
  ATTEMPT_ADDRESS_LIMIT: wholeNumber(
    (env) => attempt(env).addressLimit,
    1,
    1_000,
    'a number of failures',
  ),
  CAPTCHA_AFTER_FAILURES: {
    ...wholeNumber((env) => attempt(env).captchaAfterFailures, 0, 100, 'failures'),
    expected: 'a number of failures from 0 (never) to 100',
  },
  CODE_CAPTCHA_AFTER_FAILURES: {
    ...wholeNumber((env) => attempt(env).codeCaptchaAfterFailures, 0, 1_000, 'failures'),
    expected: 'a number of failures from 0 (never) to 1000',
  },
  ATTEMPT_WINDOW_MINUTES: wholeNumber((env) => attempt(env).windowMinutes, 1, 1_440, 'minutes'),
  REDIS_URL: {
    read: (env) => redis(env).url,
    good: asThemselves('redis://localhost', 'rediss://shop:geheim@redis.test:6380/1'),
    bad: ['localhost:6379', 'http://shop:geheim@redis.test', 'redis://', 'redis://a geheim'],
    expected: 'a redis:// or rediss:// URL',
  },
  REDIS_TIMEOUT_MS: wholeNumber((env) => redis(env).timeoutMs, 50, 10_000, 'milliseconds'),
  RATE_LIMIT_USER_WRITES: requestsAMinute('userWrites'),
  RATE_LIMIT_USER_READS: requestsAMinute('userReads'),
  RATE_LIMIT_PUBLIC_WRITES: requestsAMinute('publicWrites'),
  RATE_LIMIT_PUBLIC_READS: requestsAMinute('publicReads'),
  RATE_LIMIT_WRONG_TOKENS: requestsAMinute('wrongTokens'),
  RATE_LIMIT_REFUSALS: requestsAMinute('refusals'),
  RATE_LIMIT_FILE_READS: requestsAMinute('fileReads'),
  SMTP_URL: {
    read: (env) => mail(env).smtpUrl,
    beside: MAIL,
    good: asThemselves('smtp://localhost', 'smtps://shop:geheim@mail.test:465'),
    bad: ['mail.test', 'http://shop:geheim@mail.test', 'smtp://', 'smtp:///x', 'smtp://a:99999'],
    expected: 'an smtp:// or smtps:// URL',
  },
  MAIL_FROM: {
    read: (env) => mail(env).from,
    beside: MAIL,
    good: [
      ['shop@shop.test', { name: '', address: 'shop@shop.test' }],
      ['商城 <shop@localhost>', { name: '商城', address: 'shop@localhost' }],
    ],
    bad: ['shop', '@shop.test', 'Shop <shop>', 'a@b.test, c@d.test', 'A <a@b.test> c', '<>'],
    expected: 'an address or "Name <address>"',
  },
  ...miniProgramCases('WEIXIN'),
  ...miniProgramCases('QQ'),
  ...miniProgramCases('BAIDU'),
  ...miniProgramCases('TOUTIAO'),
  ...miniProgramCases('KUAISHOU'),
  ALIPAY_MINI_APPID: {
    read: (env) => miniProgram(env).alipay?.id,
    beside: ALIPAY,
    good: asThemselves('2014072300007148'),
    bad: ['x'.repeat(65), 'a b'],
    expected: 'of 1 to 64 letters, digits, _ or -',
  },
  ALIPAY_MINI_PRIVATE_KEY: {
    read: (env) => alipayKey(miniProgram(env).alipay?.privateKey),
    beside: ALIPAY,
    good: [
      [privateText('pkcs8'), alipayKey(ALIPAY_KEYS.privateKey)],
      [privateText('pkcs1'), alipayKey(ALIPAY_KEYS.privateKey)],
    ],
    bad: [
      'geheim',
      publicText('spki'),
      EC_KEYS.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    ],
    expected: 'an RSA key in base64 on one line',
  },
  ALIPAY_MINI_PUBLIC_KEY: {
    read: (env) => alipayKey(miniProgram(env).alipay?.publicKey),
    beside: ALIPAY,
    good: [
      [publicText('spki'), alipayKey(ALIPAY_KEYS.publicKey)],
      [publicText('pkcs1'), alipayKey(ALIPAY_KEYS.publicKey)],
    ],
    bad: ['geheim', EC_KEYS.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
    expected: 'an RSA key in base64 on one line',
  },
  ALIPAY_MINI_URL: {
    ...URL_CASE,
    good: [['https://gateway.test/gateway.do', 'https://gateway.test/gateway.do']],
    read: (env) => miniProgram(env).alipay?.url,
    beside: ALIPAY,
  },
  MINI_PROGRAM_TIMEOUT_MS: wholeNumber(
    (env) => miniProgram(env).timeoutMs,
    100,
    5_000,
    'milliseconds',
  ),
  ALIYUN_ACCESS_KEY_ID: anyText((env) => sms(env).accessKeyId, SMS, 'set together'),
  ALIYUN_ACCESS_KEY_SECRET: anyText((env) => sms(env).accessKeySecret, SMS, 'set together'),
  ALIYUN_SMS_SIGN_NAME: anyText((env) => sms(env).signName, SMS, 'set together'),
  ALIYUN_SMS_TEMPLATE_CODE: anyText((env) => sms(env).templateCode, SMS, 'set together'),
  ALIYUN_SMS_ENDPOINT: {
    read: (env) => sms(env).endpoint,
    good: [
      ['sms.test', { protocol: 'https', host: 'sms.test' }],
      ['sms.test:8443', { protocol: 'https', host: 'sms.test:8443' }],
      ['http://127.0.0.1:8080', { protocol: 'http', host: '127.0.0.1:8080' }],
      ['http://[::1]:8080', { protocol: 'http', host: '[::1]:8080' }],
    ],
    bad: ['https://sms.test', 'http://sms.test', 'sms.test/', 'a b', 'http://127.0.0.1.sms.test'],
    expected: 'a host name, or http://127.0.0.1:port',
  },
  VERIFICATION_LOG_CODES: {
    read: (env) => verification(env).logCodes,
    good: [
      ['true', true],
      ['false', false],
    ],
    bad: ['TRUE', 'yes', '1', '0', 'true,false'],
    expected: 'true or false, and true only where NODE_ENV is development',
  },
  VERIFICATION_CODE_LENGTH: wholeNumber(
    (env) => verification(env).codeLength,
    4,
    8,
    'a number of digits',
  ),
  VERIFICATION_CODES_PER_MINUTE: wholeNumber(
    (env) => verification(env).perMinute,
    1,
    10_000,
    'a number',
  ),
  VERIFICATION_CODES_PER_HOUR: wholeNumber(
    (env) => verification(env).perHour,
    1,
    100_000,
    'a number',
  ),
  VERIFICATION_SEND_TIMEOUT_MS: wholeNumber(
    (env) => verification(env).sendTimeoutMs,
    100,
    60_000,
    'milliseconds',
  ),
  AVATAR_UPLOADS_PER_HOUR: wholeNumber((env) => avatar(env).uploadsPerHour, 1, 1_000, 'a number'),
  LOG_CLIENT_ADDRESS: {
    read: (env) => log(env).clientAddress,
    good: asThemselves('full', 'network', 'off'),
    bad: ['FULL', 'none', 'false', '/24'],
    expected: 'one of full, network, off',
  },
  LOG_ACCOUNT_KEY: {
    read: (env) => log(env).accountKey,
    good: asThemselves('x'.repeat(16), '密钥'.repeat(100)),
    bad: ['geheim', 'x'.repeat(15), 'x'.repeat(201)],
    expected: 'a text of 16 to 200 characters',
  },
  SECURITY_NOTICES: {
    read: (env) => [...notice(env).kinds],
    good: [
      ['on', ['password', 'contact', 'closing', 'address', 'platform']],
      ['off', []],
      ['address , password', ['address', 'password']],
    ],
    bad: ['ON', 'true', 'all', 'password,on', 'password;contact', ','],
    expected: 'on, off or a comma-separated list of password, contact, closing, address, platform',
  },
  ALIYUN_SMS_NOTICE_TEMPLATE_CODE: anyText(
    (env) => sms(env).noticeTemplateCode,
    SMS,
    'beside the other ALIYUN_ settings',
  ),
  MESSAGE_RETENTION_DAYS: wholeNumber((env) => messages(env).retentionDays, 0, 36_500, 'days'),
  AUDIT_PROFILE_ROWS: wholeNumber((env) => audit(env).profileRows, 10, 100_000, 'rows'),
  AUDIT_PROFILE_KB: wholeNumber((env) => audit(env).profileKb, 10, 1_000_000, 'kB'),
  AUDIT_ACCOUNT_ROWS: wholeNumber((env) => audit(env).accountRows, 100, 100_000, 'rows'),
  AUDIT_ACCOUNT_KB: wholeNumber((env) => audit(env).accountKb, 100, 1_000_000, 'kB'),
  AUDIT_RETENTION_DAYS: wholeNumber((env) => audit(env).retentionDays, 0, 36_500, 'days'),
  EVENT_POLL_MS: wholeNumber((env) => event(env).pollMs, 100, 3_600_000, 'milliseconds'),
  EVENT_LISTENER_TIMEOUT_MS: wholeNumber(
    (env) => event(env).listenerTimeoutMs,
    100,
    600_000,
    'milliseconds',
  ),
  EVENT_TRIES: wholeNumber((env) => event(env).tries, 1, 100, 'a number of tries'),
  EVENT_FAILED_RETENTION_DAYS: wholeNumber(
    (env) => event(env).failedRetentionDays,
    0,
    36_500,
    'days',
  ),
  AVATAR_UNUSED_HOURS: wholeNumber((env) => avatar(env).unusedHours, 2, 8_760, 'hours'),
  AVATAR_DECODERS: wholeNumber((env) => avatar(env).decoders, 1, 64, 'a number'),
  AVATAR_DECODE_SECONDS: wholeNumber((env) => avatar(env).decodeSeconds, 1, 60, 'seconds'),
  S3_ENDPOINT: {
    read: (env) => s3(env)?.endpoint,
    beside: S3,
    good: [
      ['https://s3.test', 'https://s3.test'],
      ['http://localhost:9000/', 'http://localhost:9000'],
    ],
    bad: ['s3.test', 'ftp://s3.test', 'https://', 'https://s3.test?a', 'https://k:geheim@s3.test'],
    expected: 'an http or https URL',
  },
  S3_REGION: {
    read: (env) => s3(env)?.region,
    beside: S3,
    good: asThemselves('eu-central-1', 'auto'),
    bad: ['EU', 'eu central', 'eu_1', 'eu.1'],
    expected: 'a region such as us-east-1',
  },
  S3_BUCKET: {
    read: (env) => s3(env)?.bucket,
    beside: S3,
    good: asThemselves('a-1', 'shop.pictures', 'x'.repeat(63)),
    bad: ['ab', 'Pictures', '-ab', 'ab-', 'a/b', 'a b', 'x'.repeat(64)],
    expected: "a bucket's name",
  },
  S3_ACCESS_KEY_ID: anyText((env) => s3(env)?.accessKeyId, S3, 'set together'),
  S3_SECRET_ACCESS_KEY: anyText((env) => s3(env)?.secretAccessKey, S3, 'set together'),
  S3_FORCE_PATH_STYLE: {
    read: (env) => s3(env)?.forcePathStyle,
    beside: S3,
    good: [
      ['true', true],
      ['false', false],
    ],
    bad: ['TRUE', 'yes', '1'],
    expected: 'true or false',
  },
  S3_PUBLIC_URL: {
    read: (env) => s3(env)?.publicUrl,
    beside: S3,
    good: [['https://cdn.test/pictures/', 'https://cdn.test/pictures']],
    bad: ['cdn.test', 'javascript:alert(1)', 'https://cdn.test?a', 'https://cdn.test#a'],
    expected: 'an http or https URL without user, query and fragment',
  },
  USER_ADDRESS_LIMIT: wholeNumber((env) => userAddress(env).limit, 1, 1_000, 'a number'),
  USER_ADDRESS_IMPORT_PLATFORMS: {
    read: (env) => userAddress(env).importPlatforms,
    good: [
      ['off', []],
      ['weixin', ['weixin']],
      ['qq , alipay,qq', ['qq', 'alipay']],
      ['weixin,alipay,baidu,toutiao,qq', ['weixin', 'alipay', 'baidu', 'toutiao', 'qq']],
    ],
    bad: ['OFF', 'on', 'h5', 'weixin,off', 'weixin;qq', ','],
    expected: 'off or a comma-separated list of weixin, alipay, baidu, toutiao, qq',
  },
  ID_CARD_KEY: {
    read: (env) => userAddress(env).idCardKeys.map(({ id, bytes }) => [id, bytes.toString('hex')]),
    good: [
      ['00'.repeat(32), [ZERO_KEY]],
      [`${'A'.repeat(43)}=`, [ZERO_KEY]],
      ['FF'.repeat(32), [FULL_KEY]],
      [`${'f'.repeat(64)} , ${'A'.repeat(43)}=`, [FULL_KEY, ZERO_KEY]],
    ],
    bad: [
      'geheim',
      '0'.repeat(63),
      '0'.repeat(65),
      `${'0'.repeat(63)}g`,
      'A'.repeat(43),
      `${'A'.repeat(42)}B=`,
      `${'A'.repeat(44)}=`,
      `${'-'.repeat(43)}=`,
      `${'0'.repeat(64)},geheim`,
      ',',
    ],
    expected: '32 bytes as 64 hex digits or in base64',
  },
  STATIC_DIR: {
    read: (env) => pickSettings(loadSettings(env), StaticSettings).dir,
    good: [
      ['public', resolve('public')],
      [resolve('public'), resolve('public')],
    ],
    bad: ['no-such-folder', 'package.json'],
    expected: 'a folder that exists',
  },
  AGREEMENTS_DIR: {
    read: (env) => agreement(env).dir,
    good: [
      ['/srv/texts', '/srv/texts'],
      ['my texts', resolve('my texts')],
    ],
    bad: [],
    expected: 'a folder',
  },
  METRICS_PORT: {
    read: (env) => metrics(env).port,
    good: [
      ['off', 0],
      ['0', 0],
      ['1', 1],
      ['65535', 65_535],
    ],
    bad: ['-1', '65536', 'on', 'OFF', 'false', '9464.0', '0x10', '9 464'],
    expected: 'off, 0 for the same, or a port number up to 65535',
  },
  METRICS_HOST: {
    read: (env) => metrics(env).host,
    good: asThemselves('0.0.0.0', '::', 'metrics.test'),
    bad: ['[::1]', 'a b', 'http://metrics.test'],
    expected: 'an address or host name to listen on',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    read: (env) => tracing(env).endpoint,
    good: [
      ['http://localhost:4318', 'http://localhost:4318'],
      ['https://otlp.test/shop/', 'https://otlp.test/shop'],
    ],
    bad: [
      'localhost:4318',
      'grpc://otlp.test',
      'http://',
      'http://a?b',
      'http://a:geheim@otlp.test',
    ],
    expected: 'an http or https URL without user, query and fragment',
  },
  OTEL_SERVICE_NAME: {
    read: (env) => tracing(env).serviceName,
    good: asThemselves('shop', 'shop-1.web_2', 'x'.repeat(100)),
    bad: ['my shop', 'shop/1', '商城', 'x'.repeat(101)],
    expected: 'up to 100 of letters, digits, dots, hyphens and underscores',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    read: (env) => tracing(env).sampleRatio,
    good: [
      ['0', 0],
      ['0.05', 0.05],
      ['1', 1],
      ['1.0', 1],
    ],
    bad: ['-0.1', '1.1', '2', '5%', '.5', '0,5', '1e-1', 'NaN'],
    expected: 'a number from 0 to 1',
  },
};

const cases = Object.entries(variables);

describe('a variable', () => {
  it('has its cases below', () => {
    expect(Object.keys(variables).sort()).toEqual(settingNames().sort());
  });

  it.each(cases.flatMap(([name, { good }]) => good.map(([text, value]) => [name, text, value])))(
    'is accepted: %s=%j',
    (name, text, value) => {
      const { read, beside } = variables[name as string]!;
      expect(read({ ...beside, [name as string]: text as string })).toEqual(value);
    },
  );

  it.each(cases.flatMap(([name, { bad }]) => bad.map((text) => [name, text] as const)))(
    'is refused: %s=%j',
    (name, text) => {
      const said = refusal({ ...variables[name]!.beside, [name]: text });
      expect(said.split('\n')).toEqual([expect.stringMatching(`^${name} must be `)]);
      expect(said).toContain(variables[name]!.expected);
      expect(said).not.toContain('geheim');
    },
  );
});

describe('variables that belong together', () => {
  it('the notices by SMS need those that send any', () => {
    expect(refusal({ ALIYUN_SMS_NOTICE_TEMPLATE_CODE: 'SMS_1' })).toMatch(
      /^ALIYUN_SMS_NOTICE_TEMPLATE_CODE must be .* beside the other ALIYUN_ settings/,
    );
  });

  it.each(
    [MAIL, SMS, S3, ALIPAY, WEIXIN].flatMap((group) =>
      Object.keys(group).map((name) => [name, group] as const),
    ),
  )('are refused without %s, which is named', (name, group) => {
    const others = { ...group, [name]: '' };
    const said = refusal(others);
    expect(said).toMatch(/ must be .*set together/);
    expect(said.split(' ')[0]).toBe(name === 'SMTP_URL' ? 'MAIL_FROM' : name);
    expect(said).not.toContain('geheim');
  });

  it.each(['test', 'production'])('codes in the log do not with NODE_ENV=%s', (mode) => {
    expect(refusal({ NODE_ENV: mode, VERIFICATION_LOG_CODES: 'true' })).toMatch(
      /^VERIFICATION_LOG_CODES must be /,
    );
  });
});

describe('a refusal', () => {
  it('names every wrong variable', () => {
    const wrong = cases.filter(([, { bad }]) => bad.length > 0);
    const beside = Object.assign({}, ...wrong.map(([, one]) => one.beside ?? {})) as Env;
    const lines = refusal({
      ...beside,
      ...Object.fromEntries(wrong.map(([name, { bad }]) => [name, bad[0]])),
    });
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
