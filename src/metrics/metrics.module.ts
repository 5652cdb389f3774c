import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { LimitsModule } from '../protocol/limits/limits.module.js';
import { RequestLimiter } from '../protocol/limits/request-limiter.js';
import { LoggingModule } from '../logging/logging.module.js';
import { SecurityLog } from '../logging/security-log.js';
import { OutboxModule } from '../events/outbox.module.js';
import { OutboxWorker } from '../events/outbox.worker.js';
import { REDIS } from '../redis/redis.module.js';
import type { RedisConnection } from '../redis/redis-connection.js';
import { MetricsServer } from './metrics.server.js';
import { Metrics } from './metrics.js';

/** What the service tells Prometheus. What others count is added here. */
@Module({
  imports: [LimitsModule, LoggingModule, OutboxModule],
  providers: [Metrics, MetricsServer],
})
export class MetricsModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly database: Database,
    private readonly limiter: RequestLimiter,
    private readonly outbox: OutboxWorker,
    private readonly security: SecurityLog,
    @Inject(REDIS) private readonly redis: RedisConnection | undefined,
  ) {}

  onModuleInit(): void {
    this.watchPool();
    this.watchOutbox();
    this.metrics.watch(
      {
        name: 'requests_throttled_total',
        help: 'Requests that a limit has stopped, by limit.',
        type: 'counter',
        label: 'limit',
      },
      () => this.limiter.stopped,
    );
    this.metrics.watch(
      {
        name: 'security_events_total',
        help: 'Failed logins, refused codes and their like, by event.',
        type: 'counter',
        label: 'event',
      },
      () => this.security.counts,
    );
    if (this.redis) this.watchRedis(this.redis);
  }

  private watchPool(): void {
    const load = () => this.database.load;
    this.gauge('database_connections', 'Open connections of the pool.', () => load().total);
    this.gauge('database_connections_idle', 'Those of them that are free.', () => load().idle);
    this.gauge(
      'database_connections_waiting',
      'Callers that wait for a connection.',
      () => load().waiting,
    );
  }

  private watchOutbox(): void {
    this.metrics.watch(
      {
        name: 'event_deliveries_total',
        help: 'Tries to deliver a durable event to a listener, by outcome.',
        type: 'counter',
        label: 'outcome',
      },
      () => ({ ...this.outbox.counts }),
    );
    this.gauge(
      'event_deliveries_pending',
      'Deliveries of all instances that are yet to be made.',
      () => this.outbox.backlog.pending,
    );
    this.gauge(
      'event_deliveries_failed',
      'Deliveries of all instances that were given up and kept.',
      () => this.outbox.backlog.failed,
    );
  }

  private watchRedis(redis: RedisConnection): void {
    this.gauge('redis_up', 'Whether Redis takes commands: 1 or 0.', () => Number(redis.answers));
    this.metrics.watch(
      {
        name: 'redis_fallbacks_total',
        help: 'Commands that something else stood in for, with Redis away.',
        type: 'counter',
      },
      () => redis.fallbacks,
    );
  }

  private gauge(name: string, help: string, read: () => number): void {
    this.metrics.watch({ name, help, type: 'gauge' }, read);
  }
}
