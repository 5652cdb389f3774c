import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { MetricsServer } from './metrics.server.js';
import { Metrics } from './metrics.js';

/** What the service tells Prometheus. */
@Global()
@Module({ providers: [Metrics, MetricsServer], exports: [Metrics] })
export class MetricsModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly database: Database,
  ) {}

  /** What others count is added here. */
  onModuleInit(): void {
    const gauge = (name: string, help: string, read: () => number): void =>
      this.metrics.watch({ name, help, type: 'gauge' }, read);
    const load = () => this.database.load;
    gauge('database_connections', 'Open connections of the pool.', () => load().total);
    gauge('database_connections_idle', 'Those of them that are free.', () => load().idle);
    gauge(
      'database_connections_waiting',
      'Callers that wait for a connection.',
      () => load().waiting,
    );
  }
}
