import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { MetricsSettings } from '../config/metrics.settings.js';
import { Database } from '../database/database.js';

/** Seconds; the service answers in milliseconds, its slowest statement is cut off after one second. */
const DURATION_BUCKETS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/** How a request ended. Each part has few values: none of them is of the caller's making. */
export interface Answer {
  /** The action's name, e.g. `personal/save`, or `unknown`. */
  readonly route: string;
  /** The envelope's code, or `none` where there was no envelope. */
  readonly code: string;
  /** The HTTP status, or `aborted` where the answer did not get out whole. */
  readonly status: string;
}

/** The figures of one application: what Prometheus reads, and what the application counts. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  private readonly requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests answered, by action, envelope code and HTTP status.',
    labelNames: ['route', 'code', 'status'],
    registers: [this.registry],
  });

  private readonly durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request’s headers to the end of its answer, by action.',
    labelNames: ['route'],
    buckets: DURATION_BUCKETS,
    registers: [this.registry],
  });

  private readonly inFlight = new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers: [this.registry],
  });

  constructor(settings: MetricsSettings, database: Database) {
    if (!settings.enabled) return;
    collectDefaultMetrics({ register: this.registry });
    this.watchPool(database);
  }

  /** What the figures' text is, for an HTTP header. */
  get contentType(): string {
    return this.registry.contentType;
  }

  /** All figures in Prometheus' text format. */
  read(): Promise<string> {
    return this.registry.metrics();
  }

  /**
   * Counts a request as under way.
   *
   * @returns what to call once, when its answer is over
   */
  startRequest(): (answer: Answer) => void {
    const start = performance.now();
    this.inFlight.inc();
    return (answer) => {
      this.inFlight.dec();
      this.requests.inc({ ...answer });
      this.durations.observe({ route: answer.route }, (performance.now() - start) / 1_000);
    };
  }

  private watchPool(database: Database): void {
    const gauge = (name: string, help: string, read: () => number): void => {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read());
        },
      });
    };
    gauge('database_connections', 'Open connections of the pool.', () => database.load.total);
    gauge('database_connections_idle', 'Those of them that are free.', () => database.load.idle);
    gauge(
      'database_connections_waiting',
      'Callers that wait for a connection.',
      () => database.load.waiting,
    );
  }
}
