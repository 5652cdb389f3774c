import { Logger } from '@nestjs/common';
import { pickSettings, type Settings } from '../config/settings.js';
import { MetricsSettings } from '../config/metrics.settings.js';
import { isDatabaseUnavailable } from '../database/database-errors.js';
import { Metrics } from '../metrics/metrics.js';
import { explain, start } from '../start.js';
import { welcome } from '../welcome.js';
import { EXIT_DATABASE_AWAY, FIGURES_REQUEST, type WorkerMessage } from './worker-messages.js';

/**
 * Runs the service as one of several workers. It ends as the service alone does, by a signal; and at
 * once when the primary is gone, which is what `node:cluster` does to a worker.
 */
export async function runWorker(settings: Settings): Promise<void> {
  try {
    const app = await start(settings);
    if (pickSettings(settings, MetricsSettings).enabled) tellFigures(app.get(Metrics));
    tell({ kind: 'ready', welcome: welcome(app) });
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(isDatabaseUnavailable(error) ? EXIT_DATABASE_AWAY : 1);
  }
}

/** Answers the primary's requests for figures. One that fails is left unanswered, and ends nothing. */
export function tellFigures(metrics: Pick<Metrics, 'figures'>): void {
  process.on('message', (message) => {
    if (message !== FIGURES_REQUEST) return;
    metrics
      .figures()
      .then((figures) => tell({ kind: 'figures', figures }))
      .catch((error: unknown) =>
        new Logger('Worker').error({ msg: 'the figures cannot be read', err: error }),
      );
  });
}

const tell = (message: WorkerMessage): void => {
  process.send?.(message);
};
