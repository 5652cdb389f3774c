import { jest } from '@jest/globals';
import { TimeBudget } from './time-budget.js';

let now: number;
let isOver: boolean;
let budget: TimeBudget;

beforeEach(() => {
  now = 1_000;
  isOver = false;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  budget = new TimeBudget(100, () => isOver);
});

afterEach(() => jest.restoreAllMocks());

const wait = (ms: number) => {
  now += ms;
  return Promise.resolve();
};

it('is spent by what is awaited, one after another, failures too', async () => {
  await budget.spend(() => wait(30));
  await expect(
    budget.spend(async () => {
      await wait(30);
      throw new Error('fails');
    }),
  ).rejects.toThrow('fails');
  expect(budget.leftMs).toBe(40);
  await budget.spend(async () => {
    await wait(40);
    expect(budget.leftMs).toBe(0);
  });
  expect(budget.leftMs).toBe(0);
});

it('stands still while nothing is awaited', async () => {
  await budget.spend(() => wait(30));
  now += 1_000;
  expect(budget.leftMs).toBe(70);
});

it('is spent once by what is awaited at the same time, or inside', async () => {
  await budget.spend(async () => {
    const inner = budget.spend(() => wait(30));
    await Promise.all([inner, budget.spend(() => wait(20))]);
    expect(budget.leftMs).toBe(50);
  });
  expect(budget.leftMs).toBe(50);
});

it('has no end once the request is over', async () => {
  await budget.spend(() => wait(300));
  expect(budget.leftMs).toBe(-200);
  isOver = true;
  expect(budget.leftMs).toBe(Infinity);
});
