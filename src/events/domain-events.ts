import { AsyncResource } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { DurableEvent, InProcessEvent } from './domain-event.js';
import { type EventListener, EventListeners } from './event-listeners.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxWorker } from './outbox.worker.js';

/** Tells listeners what happened. Whatever a listener does, it changes nothing here. */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger(DomainEvents.name);
  /** Listeners are not a part of the request: neither of its trace nor of its transaction. */
  private readonly scope = new AsyncResource(DomainEvents.name);

  constructor(
    private readonly database: Database,
    private readonly listeners: EventListeners,
    private readonly outbox: OutboxRepository,
    private readonly worker: OutboxWorker,
  ) {}

  /**
   * Delivers an in-process event after the commit of the transaction around it, if there is one, and
   * never where that is rolled back; to each listener apart, behind the current request's own work. A
   * failing listener is logged. What is not delivered when the process ends is lost.
   */
  publish(event: InProcessEvent): void;
  /**
   * Stores a durable event with what it tells of, for each listener; it costs one statement, and none
   * where nobody listens. The worker delivers it as soon as that is committed.
   *
   * @throws Error outside of a transaction; a mistake of the caller
   * @throws DatabaseUnavailableException as every statement
   */
  publish(event: DurableEvent): Promise<void>;
  publish(event: InProcessEvent | DurableEvent): void | Promise<void> {
    return event.isDurable ? this.store(event) : this.tell(event);
  }

  private tell({ name, payload }: InProcessEvent): void {
    const listeners = this.listeners.of(name);
    if (listeners.length === 0) return;
    this.database.afterCommit(() =>
      this.scope.runInAsyncScope(() => {
        for (const one of listeners) setImmediate(() => void this.deliver(name, one, payload));
      }),
    );
  }

  private async store({ name, payload }: DurableEvent): Promise<void> {
    this.database.requireTransaction(`the durable event ${name}`);
    const listeners = this.listeners.of(name).map((listener) => listener.name);
    if (listeners.length === 0) return;
    await this.outbox.add(name, payload, listeners);
    this.database.afterCommit(() => {
      for (const listener of listeners) this.worker.wake({ event: name, listener });
    });
  }

  private async deliver(event: string, listener: EventListener, payload: object): Promise<void> {
    try {
      await listener.deliver(payload);
    } catch (error) {
      this.logger.error({
        msg: 'an event listener failed',
        event,
        listener: listener.name,
        err: error,
      });
    }
  }
}
