import { type LimitName, LimitSettings } from '../../config/limit.settings.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { RequestLimiter } from './request-limiter.js';
import { CAPACITY, RequestCounter } from './request-counter.js';

const limiter = (most: Partial<Record<LimitName, number>>): RequestLimiter =>
  new RequestLimiter(new RequestCounter(undefined), Object.assign(new LimitSettings(), most));

/** Counts a request; @returns the seconds to wait where it is stopped */
async function count(one: RequestLimiter, limit: LimitName, caller = 'someone') {
  try {
    await one.count(limit, caller);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolException);
    return Number((error as ProtocolException).headers['Retry-After']);
  }
}

it('stops what goes beyond the limit, and no one else', async () => {
  const one = limiter({ userWrites: 2 });
  const waits = [];
  for (let index = 0; index < 5; index += 1) waits.push(await count(one, 'userWrites'));
  expect(waits.slice(0, 2)).toEqual([undefined, undefined]);
  for (const wait of waits.slice(2)) {
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  }
  expect(await count(one, 'userWrites', 'another')).toBeUndefined();
  expect(await count(one, 'userReads')).toBeUndefined();
});

it('counts what it stops, by limit', async () => {
  const one = limiter({ refusals: 1 });
  for (let index = 0; index < 4; index += 1) await count(one, 'refusals');
  expect(one.stopped).toEqual({ ...limiter({}).stopped, refusals: 3 });
});

it('stops nobody where the limit is 0', async () => {
  const one = limiter({ userWrites: 0 });
  for (let index = 0; index < 100; index += 1) {
    expect(await count(one, 'userWrites')).toBeUndefined();
  }
});

describe('counting in memory', () => {
  it('forgets who came first when there are too many, for each limit apart', async () => {
    const counter = new RequestCounter(undefined);
    await counter.count('publicReads', 'first');
    await counter.count('userWrites', 'first');
    for (let index = 0; index < CAPACITY; index += 1) {
      await counter.count('publicReads', `caller ${index}`);
    }
    expect((await counter.count('publicReads', 'first')).consumedPoints).toBe(1);
    expect((await counter.count('publicReads', `caller ${CAPACITY - 1}`)).consumedPoints).toBe(2);
    expect((await counter.count('userWrites', 'first')).consumedPoints).toBe(2);
  });
});
