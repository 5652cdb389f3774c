import { jest } from '@jest/globals';

/** Everything of the clock but `Date`, so that timers and measured times go on. */
const GOES_ON = [
  'cancelAnimationFrame',
  'cancelIdleCallback',
  'clearImmediate',
  'clearInterval',
  'clearTimeout',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'requestAnimationFrame',
  'requestIdleCallback',
  'setImmediate',
  'setInterval',
  'setTimeout',
] as const;

/** Stops `Date` of this process, with what it tests in it, at a time in milliseconds. */
export const stopClockAt = (time: number): void => {
  jest.useFakeTimers({ now: time, doNotFake: [...GOES_ON] });
};

/** Lets `Date` go on as the machine's clock does. */
export const restartClock = (): void => {
  jest.useRealTimers();
};
