import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';

/** What one module tells the others after it happened. */
export interface DomainEvent {
  /** `<subject>.<past participle>`, e.g. `profile.saved`. */
  readonly name: string;
}

/**
 * Tells listeners (`@OnEvent(name)`, by exact name) what happened. Whatever a listener does, it changes
 * nothing here.
 */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger(DomainEvents.name);

  constructor(private readonly emitter: EventEmitter2) {}

  /**
   * Delivers the event after the current request's own work, to each listener apart; a failing one is
   * logged. What is not delivered when the process ends is lost.
   */
  publish(event: DomainEvent): void {
    for (const listener of this.emitter.listeners(event.name)) {
      setImmediate(() => void this.deliver(event, listener as Listener));
    }
  }

  private async deliver(event: DomainEvent, listener: Listener): Promise<void> {
    try {
      await listener(event);
    } catch (error) {
      this.logger.error({ msg: 'an event listener failed', event: event.name, err: error });
    }
  }
}

type Listener = (event: DomainEvent) => unknown;
