import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { ClusterSettings } from '../config/cluster.settings.js';
import { MetricsSettings } from '../config/metrics.settings.js';
import { RedisSettings } from '../config/redis.settings.js';
import { RuntimeSettings } from '../config/runtime.settings.js';
import { pickSettings, type Settings } from '../config/settings.js';
import { longestStopMs } from '../config/stop-time.js';
import { createLogger } from '../logging/logger.js';
import { MetricsEndpoint } from '../metrics/metrics.endpoint.js';
import { ClusterMetrics } from './cluster-metrics.js';
import { EXIT_DATABASE_AWAY, type WorkerMessage } from './worker-messages.js';
import { RestartPolicy } from './restart-policy.js';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Between two starts of a worker that does not reach the database, or that cannot be spawned. */
const RETRY_PAUSE_MS = 5_000;

/**
 * Starts the workers, replaces those that die, and stops them when it is asked to stop. It answers no
 * request itself: each worker takes connections from the one socket, so that none is lost on a way
 * from here to a worker.
 */
export class Primary {
  private readonly logger: Logger;
  private readonly count: number;
  private readonly policy = new RestartPolicy();
  private readonly metrics = new ClusterMetrics(() => Array.from(this.listening));
  private readonly endpoint: MetricsEndpoint;
  private readonly alive = new Set<Worker>();
  private readonly listening = new Set<Worker>();
  private readonly restarts = new Set<NodeJS.Timeout>();
  private welcomed = false;
  private started = false;
  private stopping = false;
  private exitCode = 0;
  private end: () => void = () => undefined;

  constructor(private readonly settings: Settings) {
    this.logger = createLogger(pickSettings(settings, RuntimeSettings));
    this.count = pickSettings(settings, ClusterSettings).workers;
    this.endpoint = new MetricsEndpoint(pickSettings(settings, MetricsSettings), this.metrics);
  }

  /**
   * Runs until everything has stopped. The first worker starts alone, so that it finds what cannot
   * be, says so, and ends the start; and what is done once, such as migrations, is done by it.
   *
   * @returns the exit code
   * @throws SettingsError when the metrics' port cannot be had
   */
  async run(): Promise<number> {
    const ended = new Promise<void>((resolve) => (this.end = resolve));
    await this.endpoint.open();
    if (pickSettings(this.settings, RedisSettings).url === undefined) {
      this.logger.warn('without REDIS_URL each worker counts requests for itself');
    }
    for (const signal of SIGNALS) process.on(signal, () => this.stop(signal));
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({ exec: fileURLToPath(new URL('../main.js', import.meta.url)) });
    cluster.on('message', (worker, message: WorkerMessage) => this.hear(worker, message));
    cluster.on('exit', (worker, code, signal) => this.lose(worker, code, signal));
    this.fork();
    await ended;
    await this.endpoint.close();
    return this.exitCode;
  }

  private fork(): void {
    try {
      const worker = cluster.fork();
      this.alive.add(worker);
      worker.on('error', (error) => {
        // One that was spawned ends by itself where it has to.
        if (worker.process.pid === undefined) this.miss(error, worker);
        else this.logger.error({ msg: 'a worker cannot be reached', err: error });
      });
    } catch (error) {
      this.miss(error);
    }
  }

  /** What cannot be spawned now, its program being replaced perhaps, must not end those that run. */
  private miss(error: unknown, worker?: Worker): void {
    if (worker) this.alive.delete(worker);
    if (this.started && !this.stopping) {
      this.logger.error({
        msg: 'a worker cannot be spawned and is tried again',
        err: error,
        after_ms: RETRY_PAUSE_MS,
      });
      this.forkAfter(RETRY_PAUSE_MS);
      return;
    }
    process.stderr.write(`A worker cannot be spawned: ${String(error)}\n`);
    if (!this.started) this.exitCode = 1;
    if (this.alive.size === 0) this.end();
  }

  private hear(worker: Worker, message: WorkerMessage): void {
    if (message.kind === 'figures') this.metrics.take(worker.id, message.figures);
    if (message.kind === 'ready') this.join(worker, message.welcome);
  }

  private join(worker: Worker, welcome: string): void {
    this.listening.add(worker);
    if (!this.started) {
      this.started = true;
      for (let missing = this.count - 1; missing > 0; missing -= 1) this.fork();
    }
    if (this.welcomed || this.listening.size < this.count) return;
    this.welcomed = true;
    process.stdout.write(welcome);
  }

  private lose(worker: Worker, code: number | null, signal: string | null): void {
    // One that could not be spawned is gone already.
    if (!this.alive.delete(worker)) return;
    const wasListening = this.listening.delete(worker);
    if (this.stopping) {
      // One that a signal reaches before it listens has nothing to finish.
      if (code !== 0 && wasListening) this.exitCode = 1;
      if (this.alive.size === 0) this.end();
    } else if (this.started) {
      this.metrics.bury(worker.id);
      this.replace({ pid: worker.process.pid, code, signal });
    } else {
      // It has said why itself, unless it was killed.
      if (signal !== null) process.stderr.write(`The first worker was ended by ${signal}\n`);
      this.exitCode = 1;
      this.end();
    }
  }

  private replace(gone: { pid?: number; code: number | null; signal: string | null }): void {
    const pause = gone.code === EXIT_DATABASE_AWAY ? RETRY_PAUSE_MS : this.pauseAfterDeath();
    if (pause === undefined) {
      process.stderr.write('Workers end again and again; the service stops\n');
      this.exitCode = 1;
      this.stop('SIGTERM');
      return;
    }
    this.logger.error({ msg: 'a worker ended and is replaced', ...gone, after_ms: pause });
    this.forkAfter(pause);
  }

  private pauseAfterDeath(): number | undefined {
    this.metrics.countDeath();
    return this.policy.pauseAfterDeath(performance.now());
  }

  private forkAfter(pause: number): void {
    const restart = setTimeout(() => {
      this.restarts.delete(restart);
      this.fork();
    }, pause);
    this.restarts.add(restart);
  }

  private stop(signal: NodeJS.Signals): void {
    if (this.stopping) return;
    this.stopping = true;
    this.restarts.forEach(clearTimeout);
    for (const { process: child } of this.alive) child.kill(signal);
    setTimeout(() => this.killRest(), longestStopMs(this.settings));
    if (this.alive.size === 0) this.end();
  }

  /** A worker that never comes to hear a signal, in a loop without end, would never stop. */
  private killRest(): void {
    for (const { process: child } of this.alive) {
      this.logger.error({ msg: 'a worker does not stop and is killed', pid: child.pid });
      child.kill('SIGKILL');
    }
  }
}
