import { createHash } from 'node:crypto';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { AttemptSettings } from '../../config/attempt.settings.js';
import { toDatabaseError } from '../../database/database-errors.js';
import { addressGroup } from '../../http/client-address.js';
import { lockedOut } from '../../envelope/protocol.failures.js';
import { ATTEMPT_STORE, type AttemptStore } from './attempt-store.js';

/** What a try guesses at, and where it comes from: its failure counts for each of these. */
export interface AttemptSubject {
  /** What is guessed at as the client names it, e.g. `name:someone`. */
  readonly name: string;
  /** The account that the name is of, e.g. `id:469`, where an account may have several names. */
  readonly account?: string;
  /** A further limit that all addresses share, where `name` counts one address or session only. */
  readonly everywhere?: SharedLimit;
  /** The client's address; absent where a session has already told who asks. */
  readonly address?: string;
}

/** A limit of failures that several subjects share. A success gives its own place back and clears nothing. */
export interface SharedLimit {
  readonly name: string;
  /** At most this many failures. */
  readonly failures: number;
  /** Length of the sliding window. */
  readonly seconds: number;
  /** Asked when the limit is reached: whether this try may go on without a place. */
  readonly orElse?: () => Promise<boolean>;
}

interface Counter {
  readonly key: Buffer;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly orElse?: () => Promise<boolean>;
}

/** A try's place in a counter. */
interface Held {
  readonly key: Buffer;
  readonly place: string;
}

const keyOf = (kind: string, name: string): Buffer =>
  createHash('sha256').update(`${kind}:${name}`).digest();

/**
 * Limits guessing at passwords and codes: counts failures by client address, by the name that was given, and by
 * the account that the name is of, so that three names of an account do not give three times the tries.
 *
 * A refusal must not tell which names are of one account: whoever exhausts a mobile number would learn from
 * -429 which user name belongs to it. So -429 is answered only for what the client itself sent, the address and
 * the name. A try for which only the account has no place is checked as any other, for the time that this
 * takes, and fails whatever the check says.
 */
@Injectable()
export class AttemptService {
  constructor(
    @Inject(ATTEMPT_STORE) private readonly store: AttemptStore,
    private readonly settings: AttemptSettings,
  ) {}

  /**
   * Makes one try. A success clears the failures of name and account, but not the address's: otherwise
   * whoever has one account could go on guessing at others from there. Nor does it clear those of a shared
   * limit, which are other subjects', too. A try that is refused, or whose check throws, is not counted.
   *
   * @param check tells whether the try succeeds; not called where there are too many failures
   * @throws ProtocolException too many requests
   * @throws Error inside a transaction
   */
  async try(subject: AttemptSubject, check: () => Promise<boolean>): Promise<boolean> {
    const held: Held[] = [];
    try {
      for (const counter of this.countersOf(subject)) {
        const place = await this.take(counter);
        if (place) held.push(place);
      }
      const accountHasPlace = await this.takeOfAccount(subject, held);
      const succeeded = (await check()) && accountHasPlace;
      if (succeeded) {
        await this.forget(subject);
        await this.giveBack(held);
      }
      return succeeded;
    } catch (error) {
      const givenBack = this.giveBack(held);
      // A request that has waited for the database until its time was up does not wait for it again.
      if (!(toDatabaseError(error) instanceof ServiceUnavailableException)) await givenBack;
      throw error;
    }
  }

  /**
   * Refuses a subject that has no try left, without counting one: for use before costly work.
   *
   * @throws ProtocolException too many requests
   */
  async refuseExhausted(subject: AttemptSubject): Promise<void> {
    const waits = await Promise.all(this.countersOf(subject).map((one) => this.waitOf(one)));
    const seconds = Math.max(...waits);
    if (seconds > 0) throw lockedOut(seconds);
  }

  /** The failures that count now: the name's, the address's or those of the shared limit, whichever are most. */
  async failures(subject: AttemptSubject): Promise<number> {
    const failures = await Promise.all(
      this.countersOf(subject).map((one) => this.store.waits(one.key, one.windowSeconds)),
    );
    return Math.max(...failures.map(({ length }) => length));
  }

  /** Counts a failure of no subject in particular, up to the limit. */
  async addFailure(limit: SharedLimit): Promise<void> {
    await this.store.take(keyOf('everywhere', limit.name), limit.failures, limit.seconds);
  }

  /** Whether the limit is reached. */
  async isReached(limit: SharedLimit): Promise<boolean> {
    return (await this.waitOf(sharedCounter(limit))) > 0;
  }

  /** Forgets the failures of name and account, for an owner who has proven otherwise that they are theirs. */
  async forget({ name, account }: AttemptSubject): Promise<void> {
    await this.store.clear(keyOf('name', name));
    if (account !== undefined) await this.store.clear(keyOf('account', account));
  }

  /** Forgets the failures of a shared limit. */
  async forgetShared({ name }: Pick<SharedLimit, 'name'>): Promise<void> {
    await this.store.clear(keyOf('everywhere', name));
  }

  private get windowSeconds(): number {
    return this.settings.windowMinutes * 60;
  }

  /** The counters whose refusal the client is told of; not the account's. */
  private countersOf({ address, name, everywhere }: AttemptSubject): Counter[] {
    const { windowSeconds } = this;
    const { accountLimit, addressLimit } = this.settings;
    const counters: Counter[] = [{ key: keyOf('name', name), limit: accountLimit, windowSeconds }];
    if (address !== undefined) {
      const key = keyOf('address', addressGroup(address));
      counters.unshift({ key, limit: addressLimit, windowSeconds });
    }
    if (everywhere) counters.push(sharedCounter(everywhere));
    return counters;
  }

  /**
   * @returns undefined where the try may go on without a place
   * @throws ProtocolException too many requests
   */
  private async take(counter: Counter): Promise<Held | undefined> {
    const { key, limit, windowSeconds, orElse } = counter;
    const place = await this.store.take(key, limit, windowSeconds);
    if (place !== undefined) return { key, place };
    if (orElse && (await orElse())) return undefined;
    throw lockedOut(await this.waitOf(counter));
  }

  /** @returns false where the account has no place */
  private async takeOfAccount({ account }: AttemptSubject, held: Held[]): Promise<boolean> {
    if (account === undefined) return true;
    const key = keyOf('account', account);
    const place = await this.store.take(key, this.settings.accountLimit, this.windowSeconds);
    if (place === undefined) return false;
    held.push({ key, place });
    return true;
  }

  /** Seconds until a counter has a free place: until the failure that is the limit's last leaves the window. */
  private async waitOf({ key, limit, windowSeconds }: Counter): Promise<number> {
    return (await this.store.waits(key, windowSeconds))[limit - 1] ?? 0;
  }

  /** A place that cannot be given back is free when its time is over. */
  private async giveBack(held: readonly Held[]): Promise<void> {
    await Promise.allSettled(held.map(({ key, place }) => this.store.giveBack(key, place)));
  }
}

const sharedCounter = ({ name, failures, seconds, orElse }: SharedLimit): Counter => ({
  key: keyOf('everywhere', name),
  limit: failures,
  windowSeconds: seconds,
  orElse,
});
