import { AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Optional,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { EventSettings } from '../config/event.settings.js';
import { ServerSettings } from '../config/server.settings.js';
import { type EventListener, EventListeners } from './event-listeners.js';
import {
  type Backlog,
  type Claim,
  type Delivery,
  type Destination,
  OutboxRepository,
} from './outbox.repository.js';
import { retryDelayMs } from './retry-delay.js';

/**
 * What a listener is given in turn. A delivery that was tried before may be the one that ended the
 * process: it is tried alone, or it would use up tries of those around it.
 */
const CLAIMS: readonly Claim[] = [
  { tried: false, most: 10 },
  { tried: true, most: 1 },
];

/** A claim outlasts its listener by this, so that what became of it is stored in time. */
const LEASE_MARGIN_MS = 5_000;

/** What became of deliveries since the start. */
export interface DeliveryCounts {
  delivered: number;
  retried: number;
  given_up: number;
}

/**
 * Delivers durable events: at once when it is woken, and by polling what a crash or a failure left.
 * Each listener has its own queue, so that one that fails or hangs holds up no other. Any number of
 * instances may do it at once.
 *
 * A process without a scheduler, such as a command's, delivers nothing: it leaves that to the service.
 */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OutboxWorker.name);
  /** Listeners are not a part of the request that wakes them. */
  private readonly scope = new AsyncResource(OutboxWorker.name);
  private readonly running = new Map<string, Promise<void>>();
  private readonly woken = new Set<string>();
  private isStopping: boolean;
  private isAway = false;

  /** What became of deliveries of this instance. */
  readonly counts: DeliveryCounts = { delivered: 0, retried: 0, given_up: 0 };

  /** What all instances have yet to deliver and what was given up, as of the last poll. */
  backlog: Backlog = { pending: 0, failed: 0 };

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly listeners: EventListeners,
    private readonly settings: EventSettings,
    private readonly server: ServerSettings,
    @Optional() private readonly scheduler?: SchedulerRegistry,
  ) {
    this.isStopping = !scheduler;
  }

  onApplicationBootstrap(): void {
    if (!this.scheduler) return;
    const { pollMs } = this.settings;
    this.scheduler.addInterval(
      OutboxWorker.name,
      setInterval(() => void this.poll(), pollMs),
    );
    void this.poll();
  }

  /** Delivers whatever is due for a listener. */
  wake(destination: Destination): void {
    if (this.isStopping) return;
    const key = `${destination.event} ${destination.listener}`;
    const listener = this.listeners.find(destination.event, destination.listener);
    // Of another version of the service, which is being rolled out or was.
    if (!listener) return;
    this.woken.add(key);
    if (this.running.has(key)) return;
    this.running.set(
      key,
      this.scope.runInAsyncScope(() => this.drain(key, destination, listener)),
    );
  }

  /** Looks for what is due. A failure is logged once; the next time tries again. */
  async poll(): Promise<void> {
    if (this.isStopping) return;
    try {
      const due = await this.outbox.findDue(this.listeners.destinations());
      this.backlog = await this.outbox.backlog();
      this.isAway = false;
      for (const destination of due) this.wake(destination);
    } catch (error) {
      if (!this.isAway) this.logger.warn({ msg: 'the outbox could not be read', err: error });
      this.isAway = true;
    }
  }

  /** Waits until no listener is being woken by this instance any more. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  /**
   * After the last request is answered, and before the database is closed: claims nothing more, and
   * waits for what is being delivered, as long as for requests. What takes longer is delivered again.
   */
  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    const over = new AbortController();
    await Promise.race([
      this.settled(),
      sleep(this.server.shutdownTimeoutMs, undefined, { signal: over.signal }).catch(
        () => undefined,
      ),
    ]);
    over.abort();
  }

  private async drain(
    key: string,
    destination: Destination,
    listener: EventListener,
  ): Promise<void> {
    try {
      while (this.woken.delete(key)) {
        while (!this.isStopping && (await this.deliverSome(destination, listener)));
      }
    } catch (error) {
      this.logger.warn({ msg: 'the outbox could not be used', ...destination, err: error });
    } finally {
      this.running.delete(key);
    }
  }

  /** @returns whether there may be more */
  private async deliverSome(destination: Destination, listener: EventListener): Promise<boolean> {
    const leaseMs = this.settings.listenerTimeoutMs + LEASE_MARGIN_MS;
    let mayBeMore = false;
    for (const claim of CLAIMS) {
      if (this.isStopping) return false;
      const claimed = await this.outbox.claim(destination, claim, leaseMs);
      const outcomes = await Promise.allSettled(
        claimed.map((delivery) => this.deliver(destination, listener, delivery)),
      );
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      mayBeMore ||= claimed.length === claim.most;
    }
    return mayBeMore;
  }

  private async deliver(
    destination: Destination,
    listener: EventListener,
    delivery: Delivery,
  ): Promise<void> {
    // A last try ended without a word: with a process, most likely by the listener's own doing.
    if (delivery.tries > this.settings.tries) {
      await this.fail(destination, delivery, new Error('the last try never ended'));
      return;
    }
    try {
      await this.limited(listener.deliver(delivery.payload));
    } catch (error) {
      await this.fail(destination, delivery, error);
      return;
    }
    await this.outbox.remove(delivery);
    this.counts.delivered += 1;
  }

  private async fail(destination: Destination, delivery: Delivery, error: unknown): Promise<void> {
    const { id, tries } = delivery;
    const told = { ...destination, delivery_id: id, tries, err: error };
    if (tries < this.settings.tries) {
      this.logger.warn({ msg: 'an event listener failed, and is tried again', ...told });
      await this.outbox.postpone(delivery, retryDelayMs(tries));
      this.counts.retried += 1;
    } else {
      this.logger.error({ msg: 'an event listener failed, and was given up', ...told });
      await this.outbox.giveUp(delivery);
      this.counts.given_up += 1;
    }
  }

  /** @throws Error where the work is not over in time; it goes on, but nobody waits for it */
  private async limited(work: Promise<void>): Promise<void> {
    const over = new AbortController();
    const { listenerTimeoutMs } = this.settings;
    const deadline = sleep(listenerTimeoutMs, undefined, { signal: over.signal, ref: false });
    try {
      await Promise.race([
        work,
        deadline.then(() => {
          throw new Error(`the listener was not done within ${listenerTimeoutMs} ms`);
        }),
      ]);
    } finally {
      over.abort();
    }
  }
}
