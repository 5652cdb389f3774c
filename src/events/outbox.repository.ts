import { Injectable } from '@nestjs/common';
import { IsNull, Not, type Repository } from 'typeorm';
import { EventSettings } from '../config/event.settings.js';
import { Database, type Statement } from '../database/database.js';
import { ExpiredRowsCleaner } from '../database/expired-rows.cleaner.js';
import { EventDelivery } from './entities/event-delivery.entity.js';

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

/** Deliveries of all listeners that are yet to be made, and those that were given up. */
export interface Backlog {
  readonly pending: number;
  readonly failed: number;
}

/** Deliveries of one kind that are counted at most. With as many, the number says enough. */
export const COUNTED = 1_000;

const ADD: Statement = {
  name: 'outbox.add',
  text: `
    INSERT INTO sxo_event_delivery (event, payload, listener)
    SELECT $1, $2, listener FROM unnest($3::text[]) listener`,
};

/** The conditions of the two partial indexes on pending deliveries; a query must use one of them. */
const PENDING = {
  untried: 'failed_time IS NULL AND tries = 0',
  tried: 'failed_time IS NULL AND tries > 0',
};

const firstDue = (condition: string): string => `(
  SELECT id FROM sxo_event_delivery
  WHERE event = known.event AND listener = known.listener AND ${condition} AND due_time <= now()
  ORDER BY due_time LIMIT 1)`;

const FIND_DUE: Statement = {
  name: 'outbox.find_due',
  text: `
    SELECT event, listener FROM unnest($1::text[], $2::text[]) AS known (event, listener)
    WHERE coalesce(${firstDue(PENDING.untried)}, ${firstDue(PENDING.tried)}) IS NOT NULL`,
};

/** The whole order of the two indexes on pending deliveries. */
const CLAIM_ORDER = 'event, listener, due_time, id';

/** The order is an index's, so that no more than that index's beginning is read. */
const counted = (condition: string, order: string): string => `(
  SELECT count(*)::int FROM (
    SELECT FROM sxo_event_delivery WHERE ${condition} ORDER BY ${order} LIMIT ${COUNTED}) AS found)`;

const BACKLOG: Statement = {
  name: 'outbox.backlog',
  text: `
    SELECT
      ${counted(PENDING.untried, CLAIM_ORDER)} + ${counted(PENDING.tried, CLAIM_ORDER)}
        AS pending,
      ${counted('failed_time IS NOT NULL', 'failed_time')} AS failed`,
};

/** For $4 milliseconds nobody else can claim the rows, even if their owner crashes. */
const claim = (kind: keyof typeof PENDING): Statement => ({
  name: `outbox.claim_${kind}`,
  text: `
    UPDATE sxo_event_delivery SET
      tries = tries + 1,
      due_time = now() + make_interval(secs => $4::float8 / 1000)
    WHERE id = ANY (ARRAY(
      SELECT id FROM sxo_event_delivery
      WHERE event = $1 AND listener = $2 AND ${PENDING[kind]} AND due_time <= now()
      ORDER BY due_time, id LIMIT $3 FOR UPDATE SKIP LOCKED))
    RETURNING id, payload, tries`,
});

const CLAIM_UNTRIED = claim('untried');
const CLAIM_TRIED = claim('tried');

/** $1 names deliveries by their ids, or is null for every one; $2 is how many at most. */
const GIVEN_UP = `
  SELECT id FROM sxo_event_delivery
  WHERE failed_time IS NOT NULL AND ($1::bigint[] IS NULL OR id = ANY ($1))
  ORDER BY failed_time, id LIMIT $2 FOR UPDATE SKIP LOCKED`;

const RETRY: Statement = {
  name: 'outbox.retry',
  text: `
    UPDATE sxo_event_delivery SET failed_time = NULL, tries = 0, due_time = now()
    WHERE id = ANY (ARRAY(${GIVEN_UP}))
    RETURNING id`,
};

const DROP: Statement = {
  name: 'outbox.drop',
  text: `
    DELETE FROM sxo_event_delivery WHERE id = ANY (ARRAY(${GIVEN_UP}))
    RETURNING id`,
};

/**
 * The deliveries of durable events. After a claim has expired its owner changes nothing any more: another
 * may have claimed the delivery.
 */
@Injectable()
export class OutboxRepository {
  constructor(
    private readonly database: Database,
    { failedRetentionDays }: EventSettings,
    cleaner: ExpiredRowsCleaner,
  ) {
    if (failedRetentionDays > 0) {
      const until = `now() - make_interval(days => ${failedRetentionDays})`;
      cleaner.keepClean('sxo_event_delivery', 'failed_time', until);
    }
  }

  /** Adds an event for each listener, in the transaction around it. */
  async add(event: string, payload: object, listeners: readonly string[]): Promise<void> {
    await this.database.run(ADD, [event, JSON.stringify(payload), listeners]);
  }

  /** Those of the given listeners for whom something is due. */
  async findDue(known: readonly Destination[]): Promise<Destination[]> {
    const events = known.map(({ event }) => event);
    const listeners = known.map(({ listener }) => listener);
    return this.database.run<Destination>(FIND_DUE, [events, listeners]);
  }

  /** Counts at most {@link COUNTED} of each: never tried, tried before, and given up. */
  async backlog(): Promise<Backlog> {
    const [backlog] = await this.database.run<Backlog>(BACKLOG, []);
    return backlog ?? { pending: 0, failed: 0 };
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
    const statement = tried ? CLAIM_TRIED : CLAIM_UNTRIED;
    return this.database.run<Delivery>(statement, [event, listener, most, leaseMs]);
  }

  /** Removes a delivery that was made. */
  async remove({ id, tries }: Delivery): Promise<void> {
    await this.deliveries.delete({ id, tries });
  }

  /** Makes it due after so many milliseconds. */
  async postpone({ id, tries }: Delivery, ms: number): Promise<void> {
    const due_time = () => `now() + make_interval(secs => ${ms / 1_000})`;
    await this.deliveries.update({ id, tries }, { due_time });
  }

  /** Never delivers it again, but keeps it for an operator to see. */
  async giveUp({ id, tries }: Delivery): Promise<void> {
    await this.deliveries.update({ id, tries }, { failed_time: () => 'now()' });
  }

  /** Deliveries that were given up, those of the longest ago first. */
  async findGivenUp(most: number): Promise<EventDelivery[]> {
    return this.deliveries.find({
      where: { failed_time: Not(IsNull()) },
      order: { failed_time: 'ASC', id: 'ASC' },
      take: most,
    });
  }

  /**
   * Makes deliveries that were given up due again, with all their tries.
   *
   * @param ids undefined for every one
   * @param most how many at most
   * @returns the ids of those that it did
   */
  async retryGivenUp(ids: readonly string[] | undefined, most: number): Promise<string[]> {
    return idsOf(await this.database.run<{ id: string }>(RETRY, [ids ?? null, most]));
  }

  /** Removes deliveries that were given up, as {@link retryGivenUp} makes them due. */
  async dropGivenUp(ids: readonly string[] | undefined, most: number): Promise<string[]> {
    return idsOf(await this.database.run<{ id: string }>(DROP, [ids ?? null, most]));
  }

  private get deliveries(): Repository<EventDelivery> {
    return this.database.repository(EventDelivery);
  }
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
