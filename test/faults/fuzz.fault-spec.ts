import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { createUser } from '../support/accounts.js';
import { killServices } from '../support/service-process.js';
import { type Answer, bearer, type Wire } from '../support/wire.js';
import { ask } from './support/ask.js';
import { GOOD_TOKENS, type RandomRequest, randomRequests } from './support/random-request.js';
import { Target } from './support/target.js';
import { flawOf } from './support/verdict.js';

const SEED = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 50_000);
/** Sent beforehand, until the process has grown to its size. */
const WARM_UP = Math.max(10_000, REQUESTS / 5);
/** After so many, users and sessions are new, for requests end them. */
const BATCH = 500;
const AT_ONCE = 16;
/** The service holds the files of four strangers at once. */
const UPLOADS_AT_ONCE = 4;
const MAX_GROWTH = 1.2;
const COLLECT_GARBAGE = fileURLToPath(new URL('support/collect-garbage.cjs', import.meta.url));
const MEASUREMENTS = 6;
const PAUSE_MS = 500;
const TIME_LIMIT_MS = 20 * 60_000;

let target: Target;

beforeAll(async () => {
  target = await Target.start({
    // The space for young objects grows and shrinks by as much as a leak would show.
    NODE_OPTIONS: `--max-semi-space-size=4 --require="${COLLECT_GARBAGE}"`,
    // Else the C library keeps what it was given back, in as many heaps as there are threads.
    MALLOC_ARENA_MAX: '2',
    TRUST_PROXY: '1',
    LOG_LEVEL: 'warn',
    ATTEMPT_ACCOUNT_LIMIT: '100',
    ATTEMPT_ADDRESS_LIMIT: '1000',
    AVATAR_UPLOADS_PER_HOUR: '1000',
  });
});

afterAll(async () => {
  await target.stop();
  await killServices();
});

/** Bytes of memory that the process cannot do without: the least of some measurements. */
async function memory(): Promise<number> {
  const measured: number[] = [];
  for (let count = 0; count < MEASUREMENTS; count += 1) {
    process.kill(target.service.pid!, 'SIGWINCH');
    // Pages are given back some time after the collection.
    await sleep(PAUSE_MS);
    await target.expectServed();
    const status = readFileSync(`/proc/${target.service.pid}/status`, 'utf8');
    measured.push(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024);
  }
  return Math.min(...measured);
}

/** What answers without an envelope, and rightly: a picture, a preflight, and HEAD. */
const needsNone = ({ method }: Wire, { status, headers }: Answer): boolean =>
  method === 'HEAD' ||
  (method === 'OPTIONS' && status === 204) ||
  (status === 200 && headers['content-type'] === 'image/png');

/** What is wrong with a request's answer, together with the request. */
async function flawedAnswer(request: RandomRequest, tokens: string[]): Promise<object | undefined> {
  const { wire, goodToken } = request;
  const sent =
    goodToken === undefined
      ? wire
      : { ...wire, headers: { ...wire.headers, ...bearer(tokens[goodToken]!) } };
  const answer = await ask(target.url, sent);
  counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
  const flaw = needsNone(wire, answer) && answer.status < 500 ? undefined : flawOf(answer);
  return flaw === undefined
    ? undefined
    : {
        flaw,
        seed: SEED,
        request: { ...wire, body: wire.body?.toString('latin1') },
        answer: answer.text.slice(0, 500),
      };
}

const counts = new Map<number, number>();

/** Sends the requests of a seed, and gives what is wrong with their answers. */
async function send(seed: number, count: number): Promise<object[]> {
  const limit = pLimit(AT_ONCE);
  const uploads = pLimit(UPLOADS_AT_ONCE);
  const flaws: object[] = [];
  for (let done = 0; done < count && flaws.length === 0; done += BATCH) {
    const users = Array.from({ length: GOOD_TOKENS }, () =>
      createUser(target.db, { nickname: 'n' }),
    );
    const tokens = (await Promise.all(users)).map(({ token }) => token);
    const requests = randomRequests(seed + done, Math.min(BATCH, count - done));
    const answers = await Promise.all(
      requests.map((request) => {
        const work = () => flawedAnswer(request, tokens);
        return limit(() => (request.upload ? uploads(work) : work()));
      }),
    );
    flaws.push(...answers.filter((flaw) => flaw !== undefined));
  }
  return flaws;
}

it(
  `answers ${REQUESTS} random requests, and keeps nothing of them (FUZZ_SEED=${SEED})`,
  async () => {
    // Others than those that are counted.
    expect(await send(SEED + 2 ** 30, WARM_UP)).toEqual([]);
    const before = await memory();
    const start = performance.now();
    expect(await send(SEED, REQUESTS)).toEqual([]);
    const seconds = (performance.now() - start) / 1_000;
    const growth = (await memory()) / before;
    process.stdout.write(
      `${REQUESTS} random requests in ${seconds.toFixed(0)} s, FUZZ_SEED=${SEED}; by status ` +
        `${JSON.stringify(Object.fromEntries(counts))}; memory ${(before / 2 ** 20).toFixed(0)} MB, ` +
        `then ${growth.toFixed(2)} times as much\n`,
    );
    expect(counts.get(429) ?? 0).toBeLessThan(REQUESTS / 4);
    expect(growth).toBeLessThanOrEqual(MAX_GROWTH);
    await target.expectServed();
  },
  TIME_LIMIT_MS,
);
