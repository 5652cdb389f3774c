import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { DomainEvent, EventClass } from './domain-event.js';
import { heardBy } from './on.decorator.js';

/** Who hears an event. */
export interface EventListener {
  /** `<Class>.<method>`; unique. */
  readonly name: string;
  /** @throws what the listener throws */
  readonly deliver: (payload: object) => Promise<void>;
}

/** Every listener, by the event that it hears. */
@Injectable()
export class EventListeners implements OnModuleInit {
  private readonly listeners = new Map<string, EventListener[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** Finds the methods with `@On`. */
  onModuleInit(): void {
    const providers = new Set(
      this.discovery.getProviders().map(({ instance }) => instance as unknown),
    );
    for (const provider of providers) {
      if (typeof provider !== 'object' || provider === null) continue;
      const methods = provider as Record<string, (event: DomainEvent) => Promise<void>>;
      const prototype = Object.getPrototypeOf(provider) as object | null;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const listener = methods[method];
        const event = listener && heardBy(listener);
        if (!event) continue;
        this.add(event, `${provider.constructor.name}.${method}`, listener.bind(provider));
      }
    }
  }

  /** Every listener with the event that it hears. */
  destinations(): { readonly event: string; readonly listener: string }[] {
    return [...this.listeners].flatMap(([event, listeners]) =>
      listeners.map(({ name }) => ({ event, listener: name })),
    );
  }

  /** The listeners of an event, none where there are none. */
  of(eventName: string): readonly EventListener[] {
    return this.listeners.get(eventName) ?? [];
  }

  /** @returns undefined where there is none of this name */
  find(eventName: string, listenerName: string): EventListener | undefined {
    return this.of(eventName).find(({ name }) => name === listenerName);
  }

  /**
   * Adds a listener that is no method with `@On`.
   *
   * @throws Error where there is one of this name; a mistake of the caller
   */
  add<Event extends DomainEvent>(
    event: EventClass<Event>,
    name: string,
    hear: (event: Event) => void | Promise<void>,
  ): void {
    if (this.find(event.eventName, name)) throw new Error(`two listeners are named ${name}`);
    const deliver = async (payload: object): Promise<void> => hear(new event(payload));
    this.listeners.set(event.eventName, [...this.of(event.eventName), { name, deliver }]);
  }
}
