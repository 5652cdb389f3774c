import { createHmac, hash as digest } from 'node:crypto';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { SMTPServerOptions } from 'smtp-server';
import { Database } from '../../src/database/database.js';
import { CodeDelivery } from '../../src/modules/verification/sending/code-delivery.js';
import {
  type CodeRequest,
  VerificationService,
} from '../../src/modules/verification/verification.service.js';
import { dumpTables } from '../support/database-dump.js';
import { codeOf, type MailServer, startMailServer, textOf } from '../support/mail-server.js';
import { outcome } from '../support/outcome.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ACCOUNT = 'someone@example.com';

let test: TestApp;
let mail: MailServer;
let service: VerificationService;
let logged: jest.SpiedFunction<Logger['error']>;

/** Who asked: what a stranger may try is in code-tries.e2e-spec.ts. */
const at = (address: string): CodeRequest['client'] => ({ address, uuid: 'asker' });

const request: CodeRequest = {
  purpose: 'login',
  channel: 'email',
  account: ACCOUNT,
  language: 'en',
  client: at('203.0.113.7'),
  deliver: true,
};

/** Waits for what is sent after the answer. */
const settle = (app: TestApp = test) => app.app.get(CodeDelivery).onApplicationShutdown();

const send = async (changes: Partial<CodeRequest> = {}, app: TestApp = test): Promise<void> => {
  await app.app.get(VerificationService).send({ ...request, ...changes });
  await settle(app);
};

const clearRates = () => test.db.query('DELETE FROM sxo_limited_use');

/** Sends a code and reads it from the mail. */
const receive = async (changes: Partial<CodeRequest> = {}): Promise<string> => {
  await clearRates();
  await send(changes);
  return codeOf(mail.mails.at(-1)!);
};

const verify = async (code: string, changes: Partial<CodeRequest> = {}): Promise<void> =>
  service.use(await service.check({ ...request, ...changes, code }));

const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

const codeCount = async (): Promise<number> =>
  (await test.db.query('SELECT FROM sxo_verification_code')).rowCount!;

/** HMAC-SHA256 of six digits by its definition, RFC 2104, which makes a million of them bearable. */
function hashOfDigits(salt: Buffer): (digits: string) => Buffer {
  const sha256 = (bytes: Buffer): Buffer => digest('sha256', bytes, 'buffer');
  const padded = (pad: number, room: number): Buffer => {
    const block = Buffer.alloc(64, pad).map((byte, index) => byte ^ (salt[index] ?? 0));
    return Buffer.concat([block, Buffer.alloc(room)]);
  };
  const inner = padded(0x36, 6);
  const outer = padded(0x5c, 32);
  return (digits) => {
    inner.write(digits, 64);
    outer.set(sha256(inner), 64);
    return sha256(outer);
  };
}

beforeAll(async () => {
  mail = await startMailServer();
  test = await startTestApp({
    SMTP_URL: mail.url,
    MAIL_FROM: 'Shop <shop@example.com>',
    // So many that two of a test are hardly ever the same, and so few that all can be tried.
    VERIFICATION_CODE_LENGTH: '6',
    // A code's own tries are five, whatever the other limits are.
    ATTEMPT_ACCOUNT_LIMIT: '100',
    ATTEMPT_ADDRESS_LIMIT: '1000',
  });
  service = test.app.get(VerificationService);
  logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
});

afterAll(async () => {
  logged.mockRestore();
  await test.close();
  await mail.close();
});

beforeEach(async () => {
  await test.db.query('TRUNCATE sxo_verification_code, sxo_limited_use, sxo_attempt');
  mail.mails.length = 0;
  logged.mockClear();
});

describe('a code by mail', () => {
  it.each([
    ['zh', 'login', '您的登录验证码是'],
    ['en', 'forgetpwd', 'Your password reset code is'],
    ['cht', 'reg', '您的註冊驗證碼是'],
    ['spa', 'bind', 'Su código de vinculación de cuenta es'],
  ] as const)(
    'goes to the account in %s, saying that it is for %s',
    async (language, purpose, text) => {
      const code = await receive({ language, purpose });
      expect(mail.mails).toEqual([
        {
          from: 'shop@example.com',
          to: [ACCOUNT],
          source: expect.stringContaining('From: Shop <'),
        },
      ]);
      expect(code).toMatch(/^\d{6}$/);
      expect(textOf(mail.mails[0]!)).toContain(text);
      expect(await outcome(verify(code, { purpose }))).toBe(0);
    },
  );

  it('is accepted once', async () => {
    const code = await receive();
    expect(await outcome(verify(code))).toBe(0);
    expect(await outcome(verify(code))).toBe(-10);
  });

  it('is accepted once by twenty at the same time', async () => {
    const code = await receive();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(verify(code))));
    expect(outcomes.filter((one) => one === 0)).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set([0, -10]));
  });

  it('may be guessed five times, the fifth time rightly', async () => {
    const code = await receive();
    for (let guess = 1; guess < 5; guess += 1) expect(await outcome(verify(wrong(code)))).toBe(-11);
    expect(await outcome(verify(code))).toBe(0);
  });

  it('is dead after five wrong guesses', async () => {
    const code = await receive();
    for (let guess = 1; guess <= 5; guess += 1) {
      expect(await outcome(verify(wrong(code)))).toBe(-11);
    }
    expect(await outcome(verify(code))).toBe(-10);
  });

  it('gives fifty guesses at the same time five tries', async () => {
    const code = await receive();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => outcome(verify(wrong(code)))),
    );
    expect(outcomes.filter((one) => one === -11)).toHaveLength(5);
    expect(outcomes.filter((one) => one === -10)).toHaveLength(45);
  });

  it('expires after ten minutes', async () => {
    const code = await receive();
    const { rows } = await test.db.query<{ seconds: number }>(
      'SELECT extract(epoch FROM expire_time - now())::float AS seconds FROM sxo_verification_code',
    );
    expect(rows[0]!.seconds).toBeLessThanOrEqual(600);
    expect(rows[0]!.seconds).toBeGreaterThan(500);
    await test.db.query('UPDATE sxo_verification_code SET expire_time = now()');
    expect(await outcome(verify(code))).toBe(-10);
  });

  it('is replaced by a new one, whose tries it does not cost', async () => {
    const first = await receive();
    for (let guess = 1; guess <= 3; guess += 1) await outcome(verify(wrong(first)));
    const second = await receive();
    expect(await outcome(verify(first === second ? wrong(second) : first))).toBe(-11);
    expect(await outcome(verify(second))).toBe(0);
  });

  it.each([
    ['purpose', { purpose: 'reg' }],
    ['channel', { channel: 'sms' }],
    ['account', { account: 'other@example.com' }],
  ] as const)('is worth nothing for another %s', async (_, changes) => {
    const code = await receive();
    expect(await outcome(verify(code, changes))).toBe(-10);
    expect(await outcome(verify(code))).toBe(0);
  });

  it('is for the address in whatever case', async () => {
    const code = await receive({ account: 'SomeOne@Example.COM' });
    expect(await outcome(verify(code, { account: 'sOMEoNE@example.com' }))).toBe(0);
  });

  it('is in no table, nor is the code of another purpose', async () => {
    const codes = [await receive(), await receive({ purpose: 'reg' })];
    const dump = await dumpTables(test.db);
    expect(dump).toContain(ACCOUNT);
    // Digits of an instant's fraction or of a hash may happen to be the same: those stand in words.
    for (const code of codes) expect(dump).not.toMatch(new RegExp(`(?<![\\w.])${code}(?!\\w)`));
    const { rows } = await test.db.query<{ salt: Buffer; code_hash: Buffer }>(
      'SELECT salt, code_hash FROM sxo_verification_code',
    );
    expect(new Set(rows.map(({ salt }) => salt.toString('hex'))).size).toBe(2);
  });

  it.each(['send', 'check'] as const)('is no part of a transaction: %s', async (method) => {
    await expect(
      test.app.get(Database).transaction(async () => {
        await service[method]({ ...request, code: '123456' });
      }),
    ).rejects.toThrow('must not be part of a transaction');
  });
});

describe('the length of a code', () => {
  it.each(['', '4', '5', '8'])('is four, or what the setting says: %j', async (length) => {
    const app = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      SMTP_URL: mail.url,
      MAIL_FROM: 'shop@example.com',
      VERIFICATION_CODE_LENGTH: length,
    });
    await send({}, app);
    const code = codeOf(mail.mails.at(-1)!);
    expect(code).toHaveLength(Number(length || 4));
    expect(await outcome(verify(code))).toBe(0);
    await app.close();
  });
});

describe('an account that may get no code', () => {
  const storedRow = async (): Promise<Record<string, unknown>> =>
    (await test.db.query<Record<string, unknown>>('SELECT * FROM sxo_verification_code')).rows[0]!;

  it('is answered alike and gets no mail', async () => {
    await send({ deliver: false });
    expect(mail.mails).toEqual([]);
    const row = await storedRow();
    await clearRates();
    await send();
    const real = await storedRow();
    const random = { salt: '', code_hash: '', address_hash: '', client_hash: '', expire_time: '' };
    expect({ ...row, ...random }).toEqual({ ...real, ...random });
  });

  it('has no code: none of the million matches', async () => {
    await send({ deliver: false });
    const { salt, code_hash: stored } = (await storedRow()) as { salt: Buffer; code_hash: Buffer };
    const hash = hashOfDigits(salt);
    expect(hash('000000')).toEqual(createHmac('sha256', salt).update('000000').digest());
    for (let code = 0; code < 1_000_000; code += 1) {
      const guess = String(code).padStart(6, '0');
      if (hash(guess).equals(stored)) throw new Error(guess);
    }
  });

  it('is limited and guessed alike', async () => {
    await send({ deliver: false });
    expect(await outcome(send({ deliver: false, client: at('203.0.113.8') }))).toBe(-429);
    for (let guess = 1; guess <= 5; guess += 1) expect(await outcome(verify('123456'))).toBe(-11);
    expect(await outcome(verify('123456'))).toBe(-10);
  });

  it('has its answer before any mail is sent, as a known one', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = await startMailServer({
      onRcptTo: (_address, _session, callback) => void held.then(() => callback()),
    });
    const app = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      SMTP_URL: slow.url,
      MAIL_FROM: 'shop@example.com',
    });
    // Were the mail awaited, this would never return: it is held until after.
    await app.app.get(VerificationService).send(request);
    expect(slow.mails).toEqual([]);
    release();
    await settle(app);
    expect(slow.mails).toHaveLength(1);
    await app.close();
    await slow.close();
  });
});

describe('one code a minute', () => {
  it.each([
    ['for an account, from whatever address', { client: at('203.0.113.8') }, -429],
    [
      'for an account in another case',
      { account: ACCOUNT.toUpperCase(), client: at('203.0.113.8') },
      -429,
    ],
    [
      'for an account, whatever for, from another address',
      { purpose: 'reg', client: at('203.0.113.8') },
      -429,
    ],
    ['not for another account from the same address', { account: 'a@b.cc' }, 0],
  ] as const)('%s', async (_, changes, code) => {
    await send();
    expect(await outcome(send(changes))).toBe(code);
    expect(mail.mails).toHaveLength(code === 0 ? 2 : 1);
  });

  it('says when the next may be asked for, and leaves the last one usable', async () => {
    const code = await receive();
    await expect(send()).rejects.toMatchObject({
      headers: { 'Retry-After': expect.stringMatching(/^([1-9]|[1-5]\d|60)$/) },
    });
    expect(await outcome(verify(code))).toBe(0);
  });

  it('is one by twenty at the same time', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => outcome(send({ client: at(`203.0.113.${index}`) }))),
    );
    expect(outcomes.filter((one) => one === 0)).toHaveLength(1);
    expect(mail.mails).toHaveLength(1);
  });

  it('is over after the minute', async () => {
    await send();
    await test.db.query('UPDATE sxo_limited_use SET expire = 0');
    expect(await outcome(send())).toBe(0);
  });
});

describe('codes beyond the minute', () => {
  /** Lets the periods pass that are no longer than these seconds. */
  const pass = (seconds: number) =>
    test.db.query(
      `UPDATE sxo_limited_use SET expire = 0 WHERE split_part(key, ':', 2)::int <= $1`,
      [seconds],
    );

  const outcomes = async (
    times: number,
    changes: (index: number) => Partial<CodeRequest>,
  ): Promise<number[]> => {
    const codes: number[] = [];
    for (let index = 0; index < times; index += 1) {
      await pass(60);
      codes.push(await outcome(send({ deliver: false, ...changes(index) })));
    }
    return codes;
  };

  const fine = (times: number): number[] => Array<number>(times).fill(0);
  const purposes = ['login', 'reg', 'forgetpwd', 'bind'] as const;

  it('are ten an hour and fifteen a day for an account, whatever for, from everywhere', async () => {
    const changes = (index: number): Partial<CodeRequest> => ({
      purpose: purposes[index % 4]!,
      client: at(`203.0.113.${index}`),
    });
    expect(await outcomes(11, changes)).toEqual([...fine(10), -429]);
    await pass(3600);
    expect(await outcomes(6, changes)).toEqual([...fine(5), -429]);
    await pass(3600);
    expect(await outcomes(1, changes)).toEqual([-429]);
    await pass(86_400);
    expect(await outcomes(1, changes)).toEqual([0]);
  });
});

describe('codes from an address', () => {
  const other = (index: number): Partial<CodeRequest> => ({ account: `a${index}@example.com` });

  it('may be asked for by twenty people within a minute, at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => outcome(send(other(index)))),
    );
    expect(outcomes).toEqual(Array<number>(20).fill(0));
    expect(mail.mails).toHaveLength(20);
  });

  it('are thirty a minute without a setting, at once, too', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => outcome(send(other(index)))),
    );
    expect(outcomes.filter((one) => one === 0)).toHaveLength(30);
    expect(outcomes.filter((one) => one === -429)).toHaveLength(30);
  });

  it('are three hundred an hour without a setting', async () => {
    await send();
    await test.db.query(
      `UPDATE sxo_limited_use SET points = 299 WHERE key = 'code:3600:address:203.0.113.7'`,
    );
    expect(await outcome(send(other(1)))).toBe(0);
    expect(await outcome(send(other(2)))).toBe(-429);
  });

  describe('where the settings say two a minute and three an hour', () => {
    let strict: TestApp;

    beforeAll(async () => {
      strict = await startTestApp({
        DATABASE_URL: test.databaseUrl,
        SMTP_URL: mail.url,
        MAIL_FROM: 'shop@example.com',
        VERIFICATION_CODES_PER_MINUTE: '2',
        VERIFICATION_CODES_PER_HOUR: '3',
      });
    });

    afterAll(() => strict.close());

    const sendTo = (index: number, address = '203.0.113.7'): Promise<number> =>
      outcome(send({ ...other(index), client: at(address) }, strict));

    const pass = (seconds: number) =>
      test.db.query(
        `UPDATE sxo_limited_use SET expire = 0 WHERE split_part(key, ':', 2)::int <= $1`,
        [seconds],
      );

    it('are two a minute, three an hour, for whatever account', async () => {
      expect([await sendTo(1), await sendTo(2), await sendTo(3)]).toEqual([0, 0, -429]);
      await pass(60);
      expect([await sendTo(4), await sendTo(5)]).toEqual([0, -429]);
      await pass(3600);
      expect(await sendTo(6)).toBe(0);
    });

    it('count nothing of a refused request', async () => {
      expect([await sendTo(1), await sendTo(2), await sendTo(3)]).toEqual([0, 0, -429]);
      expect(await sendTo(3, '203.0.113.8')).toBe(0);
    });

    it('take a /64 for one address', async () => {
      expect([await sendTo(1, '2001:db8::1'), await sendTo(2, '2001:db8::2')]).toEqual([0, 0]);
      expect(await sendTo(3, '2001:db8::2:1')).toBe(-429);
      expect(await sendTo(3, '2001:db8:0:1::1')).toBe(0);
    });
  });
});

describe('a mail service that fails', () => {
  let failing: TestApp;
  let broken: MailServer;

  const start = async (url: string): Promise<void> => {
    failing = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      SMTP_URL: url,
      MAIL_FROM: 'shop@example.com',
      VERIFICATION_CODE_LENGTH: '6',
      VERIFICATION_SEND_TIMEOUT_MS: '1000',
    });
  };

  afterEach(async () => {
    await failing.close();
    await broken.close();
  });

  const refuse =
    (responseCode: number): SMTPServerOptions['onRcptTo'] =>
    (_address, _session, callback) =>
      callback(Object.assign(new Error('refused'), { responseCode }));

  const failures: [string, () => Promise<string>][] = [
    [
      'is down',
      async () => {
        broken = await startMailServer();
        await broken.close();
        broken = await startMailServer();
        const { url } = broken;
        await broken.close();
        return url;
      },
    ],
    [
      'never greets',
      async () => {
        broken = await startMailServer({ onConnect: () => undefined });
        return broken.url;
      },
    ],
    [
      'refuses the login',
      async () => {
        broken = await startMailServer({
          onAuth: (_auth, _session, callback) => callback(new Error('no')),
        });
        return broken.url.replace('//', '//user:pw@');
      },
    ],
  ];

  describe.each(failures)('%s', (_, url) => {
    it.each([
      ['a known account', { deliver: true }],
      ['an unknown one', { deliver: false }],
      ['one that is bound', { deliver: true, purpose: 'bind' }],
    ] as const)('answers -100 to %s, and leaves no code', async (_name, changes) => {
      await start(await url());
      expect(await outcome(send(changes, failing))).toBe(-100);
      expect(await codeCount()).toBe(0);
      expect(logged).toHaveBeenCalledWith(
        expect.objectContaining({ msg: 'a code sender failed', channel: 'email' }),
      );
    });
  });

  it.each([
    ['login', 0, 1],
    ['reg', 0, 1],
    ['forgetpwd', 0, 1],
    ['bind', -100, 0],
  ] as const)(
    'refuses the recipient: %s answers %i, and %i code is left',
    async (purpose, code, left) => {
      broken = await startMailServer({ onRcptTo: refuse(550) });
      await start(broken.url);
      expect(await outcome(send({ purpose }, failing))).toBe(code);
      expect(await codeCount()).toBe(left);
      expect(logged).toHaveBeenCalledWith({
        msg: 'a code sender failed',
        channel: 'email',
        error: 'Error',
        reason: 'EENVELOPE',
        smtp: 550,
      });
    },
  );

  it('has a full mailbox: guesses are answered alike for a known account and an unknown one', async () => {
    broken = await startMailServer({ onRcptTo: refuse(452) });
    await start(broken.url);
    const answers = async (deliver: boolean): Promise<number[]> => {
      await test.db.query('TRUNCATE sxo_limited_use, sxo_attempt');
      const codes = [await outcome(send({ deliver }, failing))];
      for (let guess = 1; guess <= 6; guess += 1) codes.push(await outcome(verify('no code')));
      return codes;
    };
    const known = await answers(true);
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ smtp: 452 }));
    expect(known).toEqual([0, -11, -11, -11, -11, -11, -10]);
    expect(await answers(false)).toEqual(known);
  });

  it('does not log the code that the service repeats', async () => {
    let source = '';
    broken = await startMailServer({
      onData: (stream, _session, callback) => {
        stream.on('data', (chunk: Buffer) => (source += chunk.toString()));
        stream.on('end', () => {
          const body = source.slice(source.indexOf('\r\n\r\n'));
          callback(Object.assign(new Error(body.trim()), { responseCode: 554 }));
        });
      },
    });
    await start(broken.url);
    await send({}, failing);
    const code = /\d{6}/.exec(source.slice(source.indexOf('\r\n\r\n')))![0];
    expect(logged).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logged.mock.calls)).not.toContain(code);
  });
});

describe('channels', () => {
  it('are those with a sender', () => {
    expect(service.openChannels()).toEqual(['email']);
  });

  it('answer -1 where they are closed, and store nothing', async () => {
    expect(await outcome(send({ channel: 'sms', account: '13800138000' }))).toBe(-1);
    expect(await dumpTables(test.db)).not.toContain('13800138000');
  });

  it.each([
    ['closed without senders', {}, []],
    [
      'open to the log where development asks for it',
      { VERIFICATION_LOG_CODES: 'true' },
      ['sms', 'email'],
    ],
  ])('are %s', async (_, env, channels) => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const app = await startTestApp({
      DATABASE_URL: test.databaseUrl,
      NODE_ENV: 'development',
      ...env,
    });
    expect(app.app.get(VerificationService).openChannels()).toEqual(channels);
    if (channels.length > 0) {
      await send({ channel: 'sms', account: '13800138000' }, app);
      const { code } = warned.mock.calls.at(-1)![0] as { code: string };
      expect(await outcome(verify(code, { channel: 'sms', account: '13800138000' }))).toBe(0);
    }
    warned.mockRestore();
    await app.close();
  });
});
