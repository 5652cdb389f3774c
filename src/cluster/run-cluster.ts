import cluster from 'node:cluster';
import type { Settings } from '../config/settings.js';
import { Primary } from './primary.js';
import { runWorker } from './worker.js';

/**
 * Runs this process's part of a service of several processes.
 *
 * @throws SettingsError when the metrics' port cannot be had
 */
export async function runCluster(settings: Settings): Promise<void> {
  if (cluster.isWorker) await runWorker(settings);
  else process.exit(await new Primary(settings).run());
}
