import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ClusterSettings } from '../config/cluster.settings.js';
import { MetricsSettings } from '../config/metrics.settings.js';
import { MetricsEndpoint } from './metrics.endpoint.js';
import { Metrics } from './metrics.js';

/** Opens the application's figures to Prometheus; those of several workers are opened by the primary. */
@Injectable()
export class MetricsServer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly endpoint: MetricsEndpoint;

  constructor(
    settings: MetricsSettings,
    metrics: Metrics,
    private readonly cluster: ClusterSettings,
  ) {
    this.endpoint = new MetricsEndpoint(settings, metrics);
  }

  /** @throws SettingsError when the port cannot be had */
  async onApplicationBootstrap(): Promise<void> {
    if (this.cluster.workers === 1) await this.endpoint.open();
  }

  /** After the last request was answered, so that it is still counted. */
  onApplicationShutdown(): Promise<void> {
    return this.endpoint.close();
  }
}
