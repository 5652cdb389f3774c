import { setImmediate } from 'node:timers/promises';
import { DroppedError, FairQueue } from './fair-queue.js';

const CONCURRENCY = 2;
const CAPACITY = 10;

let queue: FairQueue;
/** Owners of the works that have begun, in their order. */
let begun: string[];
let finishers: (() => void)[];

beforeEach(() => {
  queue = new FairQueue(CONCURRENCY, CAPACITY);
  begun = [];
  finishers = [];
});

/** Adds works; of each, `done`, or whether it was dropped as one of many. */
const add = (owner: string, count = 1): Promise<string>[] =>
  Array.from({ length: count }, async () => {
    try {
      return await queue.run(owner, async () => {
        begun.push(owner);
        await new Promise<void>((resolve) => finishers.push(resolve));
        return 'done';
      });
    } catch (error) {
      if (error instanceof DroppedError) return error.hasOthers ? 'one of many' : 'full';
      throw error;
    }
  });

/** Ends what has begun, one after another, until nothing is left. */
const finishAll = async (): Promise<void> => {
  await setImmediate();
  for (let finish = finishers.shift(); finish; finish = finishers.shift()) {
    finish();
    await setImmediate();
  }
};

it('runs so many at a time, and the next when one is done', async () => {
  const works = add('a', 4);
  await setImmediate();
  expect(begun).toHaveLength(CONCURRENCY);
  finishers.shift()!();
  await setImmediate();
  expect(begun).toHaveLength(CONCURRENCY + 1);
  await finishAll();
  expect(await Promise.all(works)).toEqual(['done', 'done', 'done', 'done']);
});

it('takes the owners in turn, however many works each has', async () => {
  const works = [...add('a', 5), ...add('b', 3), ...add('c')];
  await finishAll();
  expect(begun).toEqual(['a', 'a', 'a', 'b', 'c', 'a', 'b', 'a', 'b']);
  expect(new Set(await Promise.all(works))).toEqual(new Set(['done']));
});

it('has the first work of an owner wait for no second one of another that comes later', async () => {
  const works = add('many', CONCURRENCY + 5);
  await setImmediate();
  works.push(...add('honest'), ...add('many', 2));
  await finishAll();
  expect(begun.indexOf('honest')).toBe(CONCURRENCY + 1);
  await Promise.all(works);
});

it('drops the newest of the owner with the most when it is full', async () => {
  const many = add('many', CONCURRENCY + 7);
  const few = add('few', 3);
  await setImmediate();
  const others = [...add('b'), ...add('c')];
  await finishAll();
  expect(await Promise.all(many)).toEqual([
    ...Array<string>(CONCURRENCY + 5).fill('done'),
    'one of many',
    'one of many',
  ]);
  expect(new Set(await Promise.all([...few, ...others]))).toEqual(new Set(['done']));
});

it('refuses the newcomer at once where it would be the one to go', async () => {
  const many = add('many', CONCURRENCY + CAPACITY);
  expect(await Promise.all(add('many', 2))).toEqual(['one of many', 'one of many']);
  await finishAll();
  expect(new Set(await Promise.all(many))).toEqual(new Set(['done']));
});

it('refuses whoever comes where each owner has one', async () => {
  const works = Array.from({ length: CONCURRENCY + CAPACITY }, (_, index) =>
    add(`${index}`),
  ).flat();
  expect(await Promise.all(add('late'))).toEqual(['full']);
  await finishAll();
  expect(new Set(await Promise.all(works))).toEqual(new Set(['done']));
  const again = add('late');
  await finishAll();
  expect(await Promise.all(again)).toEqual(['done']);
});

it('goes on after a work that fails', async () => {
  const fails = queue.run('a', () => Promise.reject(new Error('no hash')));
  await expect(fails).rejects.toThrow('no hash');
  const works = add('a', 3);
  await finishAll();
  expect(await Promise.all(works)).toEqual(['done', 'done', 'done']);
});
