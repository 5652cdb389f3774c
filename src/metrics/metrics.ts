import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { MetricsSettings } from '../config/metrics.settings.js';

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

/** A figure that is counted elsewhere. */
export interface WatchedFigure {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  /** What tells its series apart, where it has several. */
  readonly label?: string;
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

  constructor(settings: MetricsSettings) {
    if (settings.enabled) collectDefaultMetrics({ register: this.registry });
  }

  /** The content type of {@link read}'s text. */
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

  /**
   * Adds a figure that its owner keeps; it is read at each scrape.
   *
   * @param read the number, or one for each value of the label, of which there must be few
   */
  watch(
    { type, label, ...figure }: WatchedFigure,
    read: () => number | Readonly<Record<string, number>>,
  ): void {
    const labelNames = label === undefined ? [] : [label];
    const registers = [this.registry];
    const collect = (add: (labels: Record<string, string>, value: number) => void): void => {
      const now = read();
      if (typeof now === 'number') add({}, now);
      else if (label) Object.entries(now).forEach(([name, value]) => add({ [label]: name }, value));
    };
    if (type === 'gauge') {
      const gauge: Gauge = new Gauge({
        ...figure,
        labelNames,
        registers,
        collect: () => collect((labels, value) => gauge.set(labels, value)),
      });
      return;
    }
    const counter: Counter = new Counter({
      ...figure,
      labelNames,
      registers,
      collect: () => {
        // Its owner has the sum already.
        counter.reset();
        collect((labels, value) => counter.inc(labels, value));
      },
    });
  }
}
