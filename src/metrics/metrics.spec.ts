import { MetricsSettings } from '../config/metrics.settings.js';
import { Metrics } from './metrics.js';

const linesOf = async (metrics: Metrics, name: string): Promise<string[]> =>
  (await metrics.read()).split('\n').filter((line) => line.includes(name));

describe('a figure that is counted elsewhere', () => {
  it('is what its owner has at each scrape', async () => {
    const metrics = new Metrics(new MetricsSettings());
    const counts: Record<string, number> = { a: 1, b: 0 };
    metrics.watch({ name: 'x_total', help: 'X.', type: 'counter', label: 'of' }, () => counts);
    metrics.watch({ name: 'y', help: 'Y.', type: 'gauge' }, () => counts.a ?? 0);
    await metrics.read();
    counts.a = 3;
    expect(await linesOf(metrics, 'x_total')).toEqual([
      '# HELP x_total X.',
      '# TYPE x_total counter',
      'x_total{of="a"} 3',
      'x_total{of="b"} 0',
    ]);
    expect(await linesOf(metrics, 'y')).toEqual(expect.arrayContaining(['# TYPE y gauge', 'y 3']));
  });
});
