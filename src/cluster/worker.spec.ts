import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { FIGURES_REQUEST } from './worker-messages.js';
import { tellFigures } from './worker.js';

describe('a worker whose figures cannot be read', () => {
  const before = process.listeners('message');

  afterEach(() => {
    jest.restoreAllMocks();
    for (const listener of process.listeners('message')) {
      if (!before.includes(listener)) process.off('message', listener);
    }
  });

  it('logs that and goes on', async () => {
    const reason = new Error('the pool is gone');
    const logged = new Promise((resolve) => {
      jest.spyOn(Logger.prototype, 'error').mockImplementation(resolve);
    });
    tellFigures({ figures: () => Promise.reject(reason) });
    process.emit('message', FIGURES_REQUEST, undefined);
    expect(await logged).toEqual({ msg: 'the figures cannot be read', err: reason });
  });
});
