import { createHash } from 'node:crypto';
import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { AttemptSettings } from '../../config/attempt.settings.js';
import { addressGroup } from '../../protocol/client-address.js';
import { lockedOut } from '../../protocol/retry-later.js';
import { ATTEMPT_STORE, type AttemptStore } from './attempt-store.js';

/** Whose tries are counted together. */
export interface AttemptSubject {
  /** What is guessed at as the client names it, e.g. `name:someone`. */
  readonly name: string;
  /** What is guessed at in truth, e.g. `id:469`, where it may have several names. */
  readonly account?: string;
  /** A second counter that all addresses share, for a `name` that belongs to one address. */
  readonly everywhere?: SharedLimit;
  /** The client's address; none where a session has already told who asks. */
  readonly address?: string;
}

/** A limit of failures that several places share. A success gives its own place back and clears nothing. */
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
 * Stops guessing: counts failures by client address, by the name that was given, and by the account
 * that the name is of, so that three names do not give three times the tries.
 *
 * Being refused must not tell which names are one account's: whoever exhausts a mobile number would
 * read off -429 which user name it belongs to. So -429 comes of what the client itself sent and
 * knows, the address and the name. A try that only the account has no place for goes on as a
 * failure: it is checked, for the time that this takes, and fails whatever the check says.
 */
@Injectable()
export class AttemptService {
  constructor(
    @Inject(ATTEMPT_STORE) private readonly store: AttemptStore,
    private readonly settings: AttemptSettings,
  ) {}

  /**
   * Makes one try. A success clears the failures of name and account, but not the address's: else
   * whoever has one account could go on guessing at others from there. Nor does it clear those from
   * everywhere, which are of others. A try that is refused, or whose check throws, counts nowhere.
   *
   * @param check tells whether the try succeeds; not called when there were too many failures
   * @throws ProtocolException too many requests
   */
  async try(subject: AttemptSubject, check: () => Promise<boolean>): Promise<boolean> {
    const held: Held[] = [];
    try {
      for (const counter of this.toldCounters(subject)) {
        const place = await this.take(counter);
        if (place) held.push(place);
      }
      const heard = await this.takeUntold(subject, held);
      const succeeded = (await check()) && heard;
      if (succeeded) await this.forgive(subject, held);
      return succeeded;
    } catch (error) {
      const givenBack = this.giveBack(held);
      // Whoever has waited for the database until the time was used up waits no longer.
      if (!(error instanceof ServiceUnavailableException)) await givenBack;
      throw error;
    }
  }

  /**
   * Refuses a subject that has no try left, without counting one: for before costly work.
   *
   * @throws ProtocolException too many requests
   */
  async refuseExhausted(subject: AttemptSubject): Promise<void> {
    const waits = await Promise.all(this.toldCounters(subject).map((one) => this.wait(one)));
    const seconds = Math.max(...waits);
    if (seconds > 0) throw lockedOut(seconds);
  }

  /** The failures that count now: the name's or the address's, whichever are more. */
  async failures(subject: AttemptSubject): Promise<number> {
    const counts = await Promise.all(
      this.toldCounters(subject).map((one) => this.store.count(one.key, one.windowSeconds)),
    );
    return Math.max(...counts);
  }

  /** Counts a failure that is no one's in particular, up to the limit. */
  async addFailure({ name, failures, seconds }: SharedLimit): Promise<void> {
    await this.store.take(keyOf('everywhere', name), failures, seconds);
  }

  /** Whether the limit is reached. */
  async isReached({ name, failures, seconds }: SharedLimit): Promise<boolean> {
    return (await this.store.wait(keyOf('everywhere', name), failures, seconds)) > 0;
  }

  /** Forgets the failures of name and account, for who has proven otherwise that it is theirs. */
  async forget({ name, account }: AttemptSubject): Promise<void> {
    await this.store.clear(keyOf('name', name));
    if (account !== undefined) await this.store.clear(keyOf('account', account));
  }

  private get windowSeconds(): number {
    return this.settings.windowMinutes * 60;
  }

  /** Those whose refusal is told. */
  private toldCounters({ address, name, everywhere }: AttemptSubject): Counter[] {
    const { windowSeconds } = this;
    const { accountLimit, addressLimit } = this.settings;
    const counters: Counter[] = [{ key: keyOf('name', name), limit: accountLimit, windowSeconds }];
    if (address !== undefined) {
      const key = keyOf('address', addressGroup(address));
      counters.unshift({ key, limit: addressLimit, windowSeconds });
    }
    if (everywhere) {
      const { failures: limit, seconds, ...shared } = everywhere;
      const key = keyOf('everywhere', everywhere.name);
      counters.push({ ...shared, key, limit, windowSeconds: seconds });
    }
    return counters;
  }

  /** @returns false where the account has no place */
  private async takeUntold({ account }: AttemptSubject, held: Held[]): Promise<boolean> {
    if (account === undefined) return true;
    const key = keyOf('account', account);
    const place = await this.store.take(key, this.settings.accountLimit, this.windowSeconds);
    if (place === undefined) return false;
    held.push({ key, place });
    return true;
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
    throw lockedOut(Math.max(1, await this.wait(counter)));
  }

  private async wait({ key, limit, windowSeconds }: Counter): Promise<number> {
    return this.store.wait(key, limit, windowSeconds);
  }

  private async forgive(subject: AttemptSubject, held: readonly Held[]): Promise<void> {
    await this.forget(subject);
    await this.giveBack(held);
  }

  /** A place that cannot be given back is free when its time is over. */
  private async giveBack(held: readonly Held[]): Promise<void> {
    await Promise.allSettled(held.map(({ key, place }) => this.store.giveBack(key, place)));
  }
}
