import { Turns } from './turns.js';

/** A work that is done when it is told so. */
function work() {
  const state = { begun: false };
  let resolve: (result: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  const begin = () => {
    state.begun = true;
    return promise;
  };
  return { begin, state, resolve };
}

/** Until everything that can go on has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('lets works of one key wait for each other, and those of others not', async () => {
  const turns = new Turns();
  const [first, second, other] = [work(), work(), work()];
  const results = [
    turns.take('a', first.begin),
    turns.take('a', second.begin),
    turns.take('b', other.begin),
  ];
  await settled();
  expect([first, second, other].map(({ state }) => state.begun)).toEqual([true, false, true]);
  other.resolve('other');
  first.resolve('first');
  await settled();
  expect(second.state.begun).toBe(true);
  second.resolve('second');
  expect(await Promise.all(results)).toEqual(['first', 'second', 'other']);
});

it('goes on after a failure, and forgets keys that have no work left', async () => {
  const turns = new Turns();
  const failing = turns.take('a', () => Promise.reject(new Error('failed')));
  const next = turns.take('a', () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('failed');
  expect(await next).toBe('done');
  expect(turns.size).toBe(0);
});
