import 'reflect-metadata';
import { ClusterSettings } from './config/cluster.settings.js';
import { loadSettings, pickSettings, processEnv } from './config/settings.js';
import { outliveStandardStreams } from './logging/logger.js';
import { explain, start } from './start.js';
import { welcome } from './welcome.js';

outliveStandardStreams();
try {
  const settings = loadSettings(processEnv());
  if (pickSettings(settings, ClusterSettings).workers === 1) {
    process.stdout.write(welcome(await start(settings)));
  } else {
    const { runCluster } = await import('./cluster/run-cluster.js');
    await runCluster(settings);
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
