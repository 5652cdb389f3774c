import { PasswordSettings } from '../../../config/password.settings.js';
import { readSettings } from '../../../config/env.js';
import type { AttemptService } from '../../../protocol/limits/attempt.service.js';
import { ProtocolException } from '../../../envelope/protocol.exception.js';
import { tooManyRequests } from '../../../envelope/protocol.failures.js';
import type { PasswordHasher } from './password-hasher.js';
import { PasswordService } from './password.service.js';

const HOME = '203.0.113.1';
const QUEUE = 60;

/** Lets every hash end that has begun or will. */
let finish: () => void;
let hashed: number;
let passwords: PasswordService;

/** Begins hashes; of each, its result code when it is turned away. */
const begin = (times: number, address: (index: number) => string): Promise<number>[] =>
  Array.from({ length: times }, (_, index) => codeOf(passwords.hash('x', address(index))));

const codeOf = (work: Promise<unknown>): Promise<number> =>
  work.then(
    () => 0,
    (error: unknown) => {
      if (error instanceof ProtocolException) return error.failure.code;
      throw error;
    },
  );

/** Different address groups. */
const anywhere = (index: number): string => `198.51.${index >> 8}.${index & 0xff}`;

/** Addresses of one group. */
const inOneNetwork = (index: number): string => `2001:db8::${index.toString(16)}`;

beforeEach(() => {
  hashed = 0;
  const gate = new Promise<void>((resolve) => (finish = resolve));
  const hash = async (): Promise<string> => {
    hashed += 1;
    await gate;
    return '';
  };
  const attempts = { refuseExhausted: () => Promise.reject(tooManyRequests(60)) };
  passwords = new PasswordService(
    { hash } as unknown as PasswordHasher,
    attempts as unknown as AttemptService,
    readSettings(PasswordSettings, {
      PASSWORD_HASH_CONCURRENCY: '2',
      PASSWORD_HASH_QUEUE: String(QUEUE),
    }),
  );
});

/** Two are at it already. */
const occupy = async (): Promise<Promise<number>[]> => {
  const working = begin(2, anywhere);
  await new Promise(setImmediate);
  expect(hashed).toBe(2);
  return working;
};

it('turns away what would wait behind too many, and no one when they are done', async () => {
  const working = await occupy();
  const waiting = begin(QUEUE, anywhere);
  expect(await Promise.all(begin(3, () => '192.0.2.1'))).toEqual([-503, -503, -503]);
  finish();
  expect(new Set(await Promise.all([...working, ...waiting]))).toEqual(new Set([0]));
  expect(await Promise.all(begin(3, () => '192.0.2.1'))).toEqual([0, 0, 0]);
});

it.each([
  ['an address', () => HOME],
  ['an IPv6 network', inOneNetwork],
])('makes room for others where %s fills the queue', async (_, address) => {
  const working = await occupy();
  const waiting = begin(QUEUE, address);
  expect(await Promise.all(begin(3, address))).toEqual([-429, -429, -429]);
  const others = begin(3, anywhere);
  expect(await Promise.all(waiting.slice(-3))).toEqual([-429, -429, -429]);
  finish();
  const codes = await Promise.all([...working, ...waiting.slice(0, -3), ...others]);
  expect(new Set(codes)).toEqual(new Set([0]));
});

it('has a first login wait for one of each other address, not for all of them', async () => {
  const working = await occupy();
  const flood = Array.from({ length: 5 }, (_, index) => begin(20, () => anywhere(index))).flat();
  const [login] = begin(1, () => HOME);
  const order: string[] = [];
  void login!.then(() => order.push('login'));
  for (const one of flood) void one.then((code) => order.push(code === 0 ? 'flood' : 'refused'));
  finish();
  await Promise.all([...working, ...flood, login]);
  const ended = order.filter((what) => what !== 'refused');
  // Beside those that are worked on with it.
  expect(ended.indexOf('login')).toBeLessThanOrEqual(5 + 2);
});

it('refuses a check without tries left before it would wait', async () => {
  const working = [...(await occupy()), ...begin(QUEUE, anywhere)];
  const check = passwords.check({ name: 'login:someone' }, 'x', undefined, HOME);
  expect(await codeOf(check)).toBe(-429);
  finish();
  await Promise.all(working);
});
