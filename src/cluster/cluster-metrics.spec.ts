import type { Worker } from 'node:cluster';
import { jest } from '@jest/globals';
import { ClusterMetrics } from './cluster-metrics.js';

/** Longer than a worker is waited for. */
const LONG_MS = 60_000;

describe('the figures of a worker that hangs', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('leave nothing of the scrapes that did not get them', async () => {
    jest.useFakeTimers();
    const hanging = { id: 1, send: () => true } as unknown as Worker;
    const metrics = new ClusterMetrics(() => [hanging]);
    for (let scrapes = 0; scrapes < 3; scrapes += 1) {
      const text = metrics.read();
      jest.advanceTimersByTime(LONG_MS);
      expect(await text).toContain('cluster_workers 1');
    }
    const cleared = jest.spyOn(globalThis, 'clearTimeout');
    metrics.take(1, []);
    expect(cleared).not.toHaveBeenCalled();
  });
});
