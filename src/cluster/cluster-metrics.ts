import type { Worker } from 'node:cluster';
import { AggregatorRegistry, Counter, Gauge, Registry } from 'prom-client';
import type { Figures, FigureSource } from '../metrics/metrics.js';
import { FIGURES_REQUEST } from './worker-messages.js';

/** A worker that is busy for longer is read as it was the last time. */
const PATIENCE_MS = 1_000;

/** The figures of all workers together, those that are gone included. */
export class ClusterMetrics implements FigureSource {
  private readonly own = new Registry();
  private readonly latest = new Map<number, Figures>();
  private readonly waiting = new Map<number, Set<() => void>>();
  /** What workers that are gone had counted: a sum that fell would look like a restart of all. */
  private gone: Promise<Figures> = Promise.resolve([]);

  private readonly deaths = new Counter({
    name: 'cluster_worker_deaths_total',
    help: 'Workers that ended without being asked to.',
    registers: [this.own],
  });

  /** @param workers those that listen */
  constructor(private readonly workers: () => Worker[]) {
    new Gauge({
      name: 'cluster_workers',
      help: 'Workers that listen.',
      registers: [this.own],
      collect() {
        this.set(workers().length);
      },
    });
  }

  get contentType(): string {
    return this.own.contentType;
  }

  async read(): Promise<string> {
    await Promise.all(this.workers().map((worker) => this.ask(worker)));
    const own: Figures = await this.own.getMetricsAsJSON();
    return AggregatorRegistry.aggregate([...this.latest.values(), await this.gone, own]).metrics();
  }

  /** Takes a worker's answer. */
  take(workerId: number, figures: Figures): void {
    this.latest.set(workerId, figures);
    this.release(workerId);
  }

  /** Counts a worker that ended without being asked to; one that only finds no database is none. */
  countDeath(): void {
    this.deaths.inc();
  }

  /** Keeps what a worker that is gone had counted when it was read for the last time. */
  bury(workerId: number): void {
    // Its type is a number in the library's declarations, and its name in what the library gives.
    const counted = (this.latest.get(workerId) ?? []).filter(({ type }) =>
      ['counter', 'histogram'].includes(String(type)),
    );
    this.latest.delete(workerId);
    this.release(workerId);
    this.gone = this.gone.then((gone) =>
      AggregatorRegistry.aggregate([gone, counted]).getMetricsAsJSON(),
    );
  }

  private ask(worker: Worker): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiting.get(worker.id) ?? new Set();
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, PATIENCE_MS);
      this.waiting.set(worker.id, waiting.add(done));
      // One that cannot be asked is about to be gone.
      worker.send(FIGURES_REQUEST, (error) => error && done());
    });
  }

  private release(workerId: number): void {
    this.waiting.get(workerId)?.forEach((done) => done());
    this.waiting.delete(workerId);
  }
}
