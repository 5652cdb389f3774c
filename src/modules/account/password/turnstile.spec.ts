import { Turnstile } from './turnstile.js';

/** Work that ends when it is told to. */
function controlled() {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const work = (id: number) => () => {
    started.push(id);
    return new Promise<number>((resolve) => (ends[id] = () => resolve(id)));
  };
  return { started, ends, work };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const full = () => new Error('full');

it('runs no more at once than it has places, and the others in their order', async () => {
  const turnstile = new Turnstile(2, 10, full);
  const { started, ends, work } = controlled();
  const results = [0, 1, 2, 3].map((id) => turnstile.run(work(id)));
  await settle();
  expect(started).toEqual([0, 1]);
  ends[1]!();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  ends[0]!();
  ends[2]!();
  await settle();
  expect(started).toEqual([0, 1, 2, 3]);
  ends[3]!();
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
});

it('frees the place of work that fails', async () => {
  const turnstile = new Turnstile(1, 10, full);
  const failing = turnstile.run(() => Promise.reject(new Error('broken')));
  const next = turnstile.run(() => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
  expect(await turnstile.run(() => Promise.resolve('again'))).toBe('again');
});

it('turns away who would make the queue too long', async () => {
  const turnstile = new Turnstile(1, 1, full);
  const { ends, work } = controlled();
  const results = [turnstile.run(work(0)), turnstile.run(work(1))];
  await expect(turnstile.run(work(2))).rejects.toThrow('full');
  ends[0]!();
  await settle();
  ends[1]!();
  expect(await Promise.all(results)).toEqual([0, 1]);
});
