import 'reflect-metadata';
import type { DomainEvent, EventClass } from './domain-event.js';

const HEARD = Symbol('heard event');

/**
 * Makes a provider's method a listener: it is called with every event of the class, after the commit
 * of what it tells of and apart from every other listener. The method takes that event, or nothing;
 * any other parameter does not compile.
 *
 * A listener of a durable event must be idempotent, for it may be called again with the same one. Its
 * name, `<Class>.<method>`, stands in stored deliveries: whoever renames it lets these find it, by a
 * migration.
 */
export const On =
  <Event extends DomainEvent>(event: EventClass<Event>) =>
  <Listener extends (event: Event) => void | Promise<void>>(
    _target: object,
    _method: string,
    { value }: TypedPropertyDescriptor<Listener>,
  ): void => {
    if (value) Reflect.defineMetadata(HEARD, event, value);
  };

/** The event that a method listens to; undefined where it is no listener. */
export const heardBy = (method: object): EventClass<DomainEvent> | undefined =>
  Reflect.getMetadata(HEARD, method) as EventClass<DomainEvent> | undefined;
