/** What JSON holds, and gives back as it was. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [field: string]: JsonValue };

/** Fields that JSON holds. An interface is one, too. */
export type JsonFields<Fields> = { readonly [Field in keyof Fields]: JsonValue };

/**
 * What one module tells the others after it happened. A class of its own for each, in the `*.events.ts`
 * of the module that publishes it, extends one of the two kinds below.
 */
export abstract class DomainEvent<Payload extends object = object> {
  /** `<subject>.<past participle>`, the same as the class's `eventName`. It tells the classes apart. */
  abstract readonly name: string;

  /** @param payload what happened to what: ids rather than data, and never a secret */
  constructor(readonly payload: Payload) {}
}

/** An event that is delivered within this process only: lost where the process ends before. */
export abstract class InProcessEvent<Payload extends object = object> extends DomainEvent<Payload> {
  readonly isDurable = false;
}

/**
 * An event that is stored in the transaction of what it tells of, and delivered at least once to each
 * listener: after a crash, by whichever instance is there.
 */
export abstract class DurableEvent<
  Payload extends JsonFields<Payload> = object,
> extends DomainEvent<Payload> {
  readonly isDurable = true;
}

/** The class of an event, which knows its name. */
export interface EventClass<Event extends DomainEvent> {
  readonly eventName: Event['name'];
  new (payload: Event['payload']): Event;
}
