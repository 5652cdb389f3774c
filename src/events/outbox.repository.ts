import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/database.js';

/** A listener of a durable event. */
export interface Destination {
  readonly event: string;
  readonly listener: string;
}

/** A claimed delivery. */
export interface Delivery {
  readonly id: string;
  readonly payload: object;
  /** This one included; it tells claims of one delivery apart. */
  readonly tries: number;
}

/** Which of the deliveries that are due are claimed together. */
export interface Claim {
  /** Those that were tried before, or those that were not. */
  readonly tried: boolean;
  readonly most: number;
}

/** What waits for a listener. */
export interface Backlog extends Destination {
  readonly pending: number;
  readonly failed: number;
  readonly is_due: boolean;
}

const ADD: Statement = {
  name: 'outbox.add',
  text: `
    INSERT INTO sxo_event_delivery (event, payload, listener)
    SELECT $1, $2, listener FROM unnest($3::text[]) listener`,
};

const BACKLOG: Statement = {
  name: 'outbox.backlog',
  text: `
    SELECT event, listener,
      count(*) FILTER (WHERE failed_time IS NULL)::int AS pending,
      count(failed_time)::int AS failed,
      bool_or(failed_time IS NULL AND due_time <= now()) AS is_due
    FROM sxo_event_delivery
    GROUP BY event, listener`,
};

/** Nobody else gets the rows before $5 milliseconds are over, though their owner crashes. */
const CLAIM: Statement = {
  name: 'outbox.claim',
  text: `
    UPDATE sxo_event_delivery SET
      tries = tries + 1,
      due_time = now() + make_interval(secs => $5::float8 / 1000)
    WHERE id = ANY (ARRAY(
      SELECT id FROM sxo_event_delivery
      WHERE event = $1 AND listener = $2 AND failed_time IS NULL AND due_time <= now()
        AND (tries > 0) = $3
      ORDER BY due_time, id LIMIT $4 FOR UPDATE SKIP LOCKED))
    RETURNING id, payload, tries`,
};

const REMOVE: Statement = {
  name: 'outbox.remove',
  text: 'DELETE FROM sxo_event_delivery WHERE id = $1 AND tries = $2',
};

const POSTPONE: Statement = {
  name: 'outbox.postpone',
  text: `
    UPDATE sxo_event_delivery SET due_time = now() + make_interval(secs => $3::float8 / 1000)
    WHERE id = $1 AND tries = $2`,
};

const GIVE_UP: Statement = {
  name: 'outbox.give_up',
  text: 'UPDATE sxo_event_delivery SET failed_time = now() WHERE id = $1 AND tries = $2',
};

/**
 * The deliveries' only reader and writer. A claim that has lapsed changes nothing any more: the
 * delivery is another's.
 */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: Database) {}

  /** Adds an event for each listener, in the transaction around it. */
  async add(event: string, payload: object, listeners: readonly string[]): Promise<void> {
    await this.database.run(ADD, [event, JSON.stringify(payload), listeners]);
  }

  /** What waits, by listener; nothing of listeners for whom nothing does. */
  async backlog(): Promise<Backlog[]> {
    return this.database.run<Backlog>(BACKLOG, []);
  }

  /**
   * Takes what is due for a listener, the longest due first, for a time.
   *
   * @param leaseMs the time, after which it is due again
   */
  async claim(
    { event, listener }: Destination,
    { tried, most }: Claim,
    leaseMs: number,
  ): Promise<Delivery[]> {
    return this.database.run<Delivery>(CLAIM, [event, listener, tried, most, leaseMs]);
  }

  /** The listener has heard it. */
  async remove({ id, tries }: Delivery): Promise<void> {
    await this.database.run(REMOVE, [id, tries]);
  }

  /** Makes it due after so many milliseconds. */
  async postpone({ id, tries }: Delivery, ms: number): Promise<void> {
    await this.database.run(POSTPONE, [id, tries, ms]);
  }

  /** Keeps it, and it is never due again. */
  async giveUp({ id, tries }: Delivery): Promise<void> {
    await this.database.run(GIVE_UP, [id, tries]);
  }
}
