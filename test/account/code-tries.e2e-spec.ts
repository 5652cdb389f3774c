import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { PROJECT_ROOT } from '../../src/config/project-root.js';
import { CODES_A_DAY } from '../../src/modules/verification/verification.service.js';
import {
  OWN_TRIES,
  OWN_TRIES_A_DAY,
  SHARED_TRIES_A_DAY,
} from '../../src/modules/verification/code-tries.service.js';
import { createSession, createUser, type TestUser } from '../support/accounts.js';
import { type CodeChannels, startCodeChannels } from '../support/code-channels.js';
import { codesOf, count } from '../support/outcome.js';
import { CHEAP_HASHING, PASSWORD } from '../support/passwords.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const MOBILE = '13800138000';
const EMAIL = 'someone@example.com';
const UNKNOWN = '13900139000';
const HOME = '203.0.113.1';
const ABROAD = '198.51.100.1';

/** Where a request comes from, and the client's own identifier. */
interface From {
  readonly address: string;
  readonly uuid?: string;
}

/** Hundreds of requests on a machine that may be busy. */
jest.setTimeout(120_000);

let test: TestApp;
let channels: CodeChannels;
let user: TestUser;

const post = (path: string, parameters: object, { address, uuid }: From, app = test) =>
  app.http
    .post(`/user/${path}`)
    .set('X-Forwarded-For', address)
    .send({ ...parameters, ...(uuid !== undefined && { uuid }) });

const typeOf = (accounts: string): string => (accounts.includes('@') ? 'email' : 'sms');

const ask = async (path: string, from: From, accounts = MOBILE): Promise<number> => {
  const parameters = { type: typeOf(accounts), accounts };
  return (await post(`${path}verifysend`, parameters, from)).body.code as number;
};

/** Asks for a code, and reads it; none is sent to an unknown account. */
const receive = async (path: string, from: From, accounts = MOBILE): Promise<string> => {
  await test.db.query('DELETE FROM sxo_limited_use');
  expect(await ask(path, from, accounts)).toBe(0);
  return (await channels.lastCode(test, accounts)) ?? '123456';
};

const enter = (path: string, verify: string, from: From, accounts = MOBILE, app = test) =>
  post(path, { type: typeOf(accounts), accounts, verify, pwd: PASSWORD }, from, app);

const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

/** Another address for each, none of which is HOME or ABROAD. */
const stranger = (index: number): From => ({
  address: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}`,
});

const failFrom = async (from: From, times: number, path: string, code: string) => {
  for (let tried = 0; tried < times; tried += 1) {
    expect((await enter(path, wrong(code), from)).body.code).toBe(-11);
  }
};

/** Strangers use up what they have together. */
const exhaust = async (path: string, code: string, accounts = MOBILE) => {
  for (let index = 0; index < SHARED_TRIES_A_DAY; index += 1) {
    const { body } = await enter(path, wrong(code), stranger(index), accounts);
    expect(body.code).toBe(-11);
  }
  const { status, headers } = await enter(
    path,
    wrong(code),
    stranger(SHARED_TRIES_A_DAY),
    accounts,
  );
  expect(status).toBe(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(23 * 60 * 60);
};

/** Moves every counted failure into the past. */
const letPass = (seconds: number) =>
  test.db.query(
    `UPDATE sxo_attempt SET
       failures = ARRAY(SELECT f - make_interval(secs => $1) FROM unnest(failures) f ORDER BY f),
       expires_at = expires_at - make_interval(secs => $1)`,
    [seconds],
  );

beforeAll(async () => {
  channels = await startCodeChannels();
  test = await startTestApp({
    ...CHEAP_HASHING,
    TRUST_PROXY: '1',
    CODE_CAPTCHA_AFTER_FAILURES: '0',
    ...channels.env,
  });
});

afterAll(async () => {
  await test.close();
  await channels.close();
});

beforeEach(async () => {
  await channels.reset(test.db);
  user = await createUser(test.db, { username: 'someone', mobile: MOBILE, email: EMAIL });
});

describe.each(['login', 'forgetpwd', 'reg'])("a stranger's five wrong codes at %s", (path) => {
  const accounts = path === 'reg' ? UNKNOWN : MOBILE;

  it.each<[string, From, From]>([
    ['at another address', { address: HOME }, { address: ABROAD }],
    ['behind the same address', { address: HOME, uuid: 'own' }, { address: HOME, uuid: 'other' }],
    ['behind the same address, without a uuid', { address: HOME, uuid: 'own' }, { address: HOME }],
    ['at the address that the owner has now', { address: ABROAD, uuid: 'own' }, { address: HOME }],
  ])('leave the right code to the owner: %s', async (_, owner, other) => {
    const code = await receive(path, owner, accounts);
    for (let tried = 0; tried < 5; tried += 1) {
      expect((await enter(path, wrong(code), other, accounts)).body.code).toBe(-11);
    }
    expect((await enter(path, code, other, accounts)).body.code).toBe(-429);
    const address = other.address === HOME ? HOME : owner.address;
    expect((await enter(path, code, { ...owner, address }, accounts)).body.code).toBe(0);
  });
});

describe.each([MOBILE, UNKNOWN])('strangers together at %s', (accounts) => {
  it('have ten tries, two hundred at once no more', async () => {
    const code = await receive('login', { address: HOME }, accounts);
    const codes = await codesOf(
      Array.from({ length: 200 }, (_, index) =>
        enter('login', wrong(code), stranger(index), accounts),
      ),
    );
    expect(count(codes, -11)).toBe(SHARED_TRIES_A_DAY);
    expect(count(codes, -429)).toBe(200 - SHARED_TRIES_A_DAY);
  });

  it('have ten for all purposes, in a day, whatever codes are asked for', async () => {
    await exhaust('login', await receive('login', { address: HOME }, accounts), accounts);
    for (const path of ['login', 'forgetpwd', 'reg']) {
      const code = await receive(path, { address: HOME }, accounts);
      expect((await enter(path, wrong(code), stranger(99), accounts)).body.code).toBe(-429);
    }
    const code = await receive('login', { address: HOME }, accounts);
    await letPass(24 * 60 * 60 - 60);
    expect((await enter('login', code, stranger(99), accounts)).body.code).toBe(-429);
    await letPass(60);
    expect((await enter('login', wrong(code), stranger(99), accounts)).body.code).toBe(-11);
  });
});

it('counts strangers after a restart and in another instance', async () => {
  const code = await receive('login', { address: HOME });
  await exhaust('login', code);
  const other = await startTestApp({
    ...CHEAP_HASHING,
    TRUST_PROXY: '1',
    DATABASE_URL: test.databaseUrl,
    ...channels.env,
  });
  const answers = [
    await enter('login', code, stranger(99), MOBILE, other),
    await enter('login', code, { address: HOME }, MOBILE, other),
  ];
  await other.close();
  expect(answers.map(({ body }) => body.code as number)).toEqual([-429, 0]);
});

it("forgets no stranger's tries at the owner's login", async () => {
  await exhaust('login', await receive('login', { address: HOME }));
  const code = await receive('login', { address: HOME });
  expect((await enter('login', code, { address: HOME })).body.code).toBe(0);
  const next = await receive('login', { address: HOME });
  expect((await enter('login', next, stranger(99))).body.code).toBe(-429);
});

describe('whoever asked for the code, where strangers have used up theirs', () => {
  const asker = { address: HOME, uuid: 'asker-1' };

  it.each<[string, number, From, From]>([
    ['one try by its address', 1, { address: HOME }, { address: HOME }],
    ['one try by its address, without its uuid', 1, asker, { address: HOME }],
    ['five by its uuid, at another address', 5, asker, { address: ABROAD, uuid: 'asker-1' }],
    ['one by its IPv6 network', 1, { address: '2001:db8::1' }, { address: '2001:db8::2:1' }],
  ])('has %s', async (_, tries, asking, entering) => {
    const code = await receive('login', asking);
    await exhaust('login', code);
    await failFrom(entering, tries - 1, 'login', code);
    expect((await enter('login', code, entering)).body.code).toBe(0);
  });

  it.each<[string, number, From]>([
    ['one by its address', 1, { address: HOME }],
    ['five by its uuid', 5, { address: ABROAD, uuid: 'asker-1' }],
  ])('has no more than %s, two hundred at once', async (_, tries, entering) => {
    const code = await receive('login', asker);
    await exhaust('login', code);
    const codes = await codesOf(
      Array.from({ length: 200 }, () => enter('login', wrong(code), entering)),
    );
    expect(count(codes, -11)).toBe(tries);
    expect((await enter('login', code, entering)).body.code).not.toBe(0);
  });

  it('has five by address and uuid together', async () => {
    const code = await receive('login', asker);
    await exhaust('login', code);
    await failFrom({ address: ABROAD, uuid: 'asker-1' }, OWN_TRIES, 'login', code);
    expect((await enter('login', code, { address: HOME })).body.code).toBe(-10);
  });

  it.each<[string, From]>([
    ['another address', { address: ABROAD }],
    ['another uuid', { address: ABROAD, uuid: 'asker-2' }],
    ['an empty uuid', { address: ABROAD, uuid: '' }],
  ])('is not who comes by %s', async (_, other) => {
    const code = await receive('login', asker);
    await exhaust('login', code);
    expect((await enter('login', code, other)).body.code).toBe(-429);
  });

  it('is nobody by a missing uuid', async () => {
    const code = await receive('login', { address: HOME });
    await exhaust('login', code);
    expect((await enter('login', code, { address: ABROAD })).body.code).toBe(-429);
  });

  it('has new tries with a new code', async () => {
    await exhaust('login', await receive('login', { address: HOME, uuid: 'first' }));
    for (const uuid of ['second', 'third']) {
      const code = await receive('login', { address: HOME, uuid });
      await failFrom({ address: HOME, uuid }, 2, 'login', code);
      expect((await enter('login', code, { address: HOME, uuid })).body.code).toBe(0);
    }
  });
});

describe('whoever asked for the code, after five wrong ones for the contact in a day', () => {
  /** Five wrong codes of a thief who asked for two. */
  const useUp = async (): Promise<void> => {
    for (const [uuid, tries] of [
      ['thief-1', 3],
      ['thief-2', 2],
    ] as const) {
      const thief = { address: ABROAD, uuid };
      await failFrom(thief, tries, 'login', await receive('login', thief));
    }
  };

  it('has one try of each further code, whatever it is for', async () => {
    await useUp();
    for (const path of ['forgetpwd', 'login']) {
      const owner = { address: HOME, uuid: `owner-${path}` };
      const code = await receive(path, owner);
      await failFrom(owner, 1, path, code);
      expect((await enter(path, code, owner)).body.code).toBe(-10);
      expect((await enter(path, await receive(path, owner), owner)).body.code).toBe(0);
    }
  });

  it('has one, of two hundred at once', async () => {
    await useUp();
    const owner = { address: HOME, uuid: 'owner' };
    const code = await receive('login', owner);
    const codes = await codesOf(
      Array.from({ length: 200 }, () => enter('login', wrong(code), owner)),
    );
    expect(count(codes, -11)).toBe(1);
  });

  it('has five again a day later', async () => {
    await useUp();
    const owner = { address: HOME, uuid: 'owner' };
    await letPass(24 * 60 * 60);
    const code = await receive('login', owner);
    await failFrom(owner, 4, 'login', code);
    expect((await enter('login', code, owner)).body.code).toBe(0);
  });

  it('does not pay for right ones', async () => {
    for (let day = 0; day < 2 * OWN_TRIES_A_DAY; day += 1) {
      const owner = { address: HOME, uuid: `owner-${day}` };
      expect((await enter('login', await receive('login', owner), owner)).body.code).toBe(0);
    }
    const owner = { address: HOME, uuid: 'owner' };
    const code = await receive('login', owner);
    await failFrom(owner, 4, 'login', code);
    expect((await enter('login', code, owner)).body.code).toBe(0);
  });
});

describe('a code for a binding', () => {
  const CONTACT = '13700137000';
  const bind = (verify: string, token: string, address = HOME) =>
    post('appmobilebind', { mobile: CONTACT, verify, token }, { address });

  const receiveBinding = async (token: string): Promise<string> => {
    await test.db.query('DELETE FROM sxo_limited_use');
    const parameters = { mobile: CONTACT, token };
    const { body } = await post('appmobilebindverifysend', parameters, { address: HOME });
    expect(body.code).toBe(0);
    return (await channels.lastCode(test, CONTACT))!;
  };

  it('is worth nothing in another account, whose tries it does not cost', async () => {
    const other = await createUser(test.db, { username: 'other' });
    const code = await receiveBinding(user.token);
    for (let tried = 0; tried < 6; tried += 1) {
      expect((await bind(code, other.token)).body.code).toBe(-10);
    }
    expect((await bind(code, user.token)).body.code).toBe(0);
  });

  it('is not replaced by one that another account asks for', async () => {
    const other = await createUser(test.db, { username: 'other' });
    const code = await receiveBinding(user.token);
    const others = await receiveBinding(other.token);
    expect((await bind(others, user.token)).body.code).toBe(code === others ? 0 : -11);
    if (code !== others) expect((await bind(code, user.token)).body.code).toBe(0);
  });

  it('keeps its tries for the session that asked, whatever a thief tries in another', async () => {
    const thief = await createSession(test.db, user.id);
    const code = await receiveBinding(user.token);
    for (const expected of [-11, -11, -11, -11, -11, -429]) {
      expect((await bind(wrong(code), thief)).body.code).toBe(expected);
    }
    expect((await bind(code, thief)).body.code).toBe(-429);
    expect((await bind(code, user.token)).body.code).toBe(0);
  });

  it('is tried ten times by two hundred sessions at once', async () => {
    const code = await receiveBinding(user.token);
    const thieves = await Promise.all(
      Array.from({ length: 200 }, () => createSession(test.db, user.id)),
    );
    const codes = await codesOf(
      thieves.map((token, index) => bind(wrong(code), token, stranger(index).address)),
    );
    expect(count(codes, -11)).toBe(SHARED_TRIES_A_DAY);
    expect(count(codes, -429)).toBe(200 - SHARED_TRIES_A_DAY);
    expect((await bind(code, user.token)).body.code).toBe(0);
  });
});

describe("a day of guessing one contact's codes", () => {
  const GUESSES = SHARED_TRIES_A_DAY + OWN_TRIES_A_DAY + CODES_A_DAY;

  /** Every wait is over but those of a day. */
  const passTheHours = async () => {
    await test.db.query(
      `UPDATE sxo_limited_use SET expire = 0 WHERE split_part(key, ':', 2)::int < 86400`,
    );
    await test.db.query(`DELETE FROM sxo_attempt WHERE expires_at < now() + interval '23 hours'`);
  };

  it('is no more than the tries that docs/threats.md computes with', async () => {
    await exhaust('login', await receive('login', { address: HOME }));
    await test.db.query('DELETE FROM sxo_limited_use');
    const answers: number[] = Array<number>(SHARED_TRIES_A_DAY).fill(-11);
    for (let asked = 0; asked <= CODES_A_DAY; asked += 1) {
      await passTheHours();
      const attacker = { address: stranger(200 + asked).address, uuid: `uuid-${asked}` };
      if ((await ask('login', attacker)) !== 0) break;
      const code = wrong((await channels.lastCode(test, MOBILE))!);
      // The address has a code's last try first, so that all of the others are left to the uuid.
      answers.push(...(await codesOf([enter('login', code, { ...attacker, uuid: 'x' })])));
      const others = [attacker, attacker, { ...attacker, address: ABROAD }, stranger(999)];
      answers.push(...(await codesOf(others.map((from) => enter('login', code, from)))));
    }
    expect(count(answers, -11)).toBe(GUESSES);
  });

  it.each([4, 6, 8])('has the chance that docs/threats.md tells: %d digits', (digits) => {
    const percent = (guesses: number): string =>
      `${Number(((100 * guesses) / 10 ** digits).toPrecision(2))} %`;
    const page = readFileSync(fileURLToPath(new URL('docs/threats.md', PROJECT_ROOT)), 'utf8');
    const row = new RegExp(`^\\| ${digits} +\\|(.*)\\|$`, 'm').exec(page)![1]!;
    expect(row.split('|').map((cell) => cell.trim())).toEqual([
      percent(SHARED_TRIES_A_DAY),
      percent(GUESSES),
      percent(2 * GUESSES),
    ]);
    expect(page).toContain(
      `${SHARED_TRIES_A_DAY} + ${OWN_TRIES_A_DAY} + ${CODES_A_DAY} = ${GUESSES}`,
    );
  });
});
