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
  /** What is guessed at, where `name` is of one place only: counted from everywhere, see `EVERYWHERE`. */
  readonly everywhere?: string;
  /** The client's address; none where a session has already told who asks. */
  readonly address?: string;
}

/**
 * So many times an account's limit may fail for what is guessed at from everywhere together: one
 * stranger, or two, must not lock its owner out, and many of them must not guess on for ever.
 */
const EVERYWHERE = 4;

interface Counter {
  readonly key: Buffer;
  readonly limit: number;
}

/** A try's place in a counter. */
interface Held extends Counter {
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
   * Makes one try. A success clears the failures of name, account and everywhere, but not the address's: else
   * whoever has one account could go on guessing at others from there. A try that is refused, or
   * whose check throws, counts nowhere.
   *
   * @param check tells whether the try succeeds; not called when there were too many failures
   * @throws ProtocolException too many requests
   */
  async try(subject: AttemptSubject, check: () => Promise<boolean>): Promise<boolean> {
    const held: Held[] = [];
    try {
      for (const counter of this.toldCounters(subject)) held.push(await this.take(counter));
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
      this.toldCounters(subject).map(({ key }) => this.store.count(key, this.windowSeconds)),
    );
    return Math.max(...counts);
  }

  /** Forgets the failures of name, account and everywhere, for who has proven otherwise that it is theirs. */
  async forget({ name, account, everywhere }: AttemptSubject): Promise<void> {
    await this.store.clear(keyOf('name', name));
    if (everywhere !== undefined) await this.store.clear(keyOf('everywhere', everywhere));
    if (account !== undefined) await this.store.clear(keyOf('account', account));
  }

  private get windowSeconds(): number {
    return this.settings.windowMinutes * 60;
  }

  /** Those whose refusal is told. */
  private toldCounters({ address, name, everywhere }: AttemptSubject): Counter[] {
    const { accountLimit, addressLimit } = this.settings;
    return [
      ...(address === undefined
        ? []
        : [{ key: keyOf('address', addressGroup(address)), limit: addressLimit }]),
      { key: keyOf('name', name), limit: accountLimit },
      ...(everywhere === undefined
        ? []
        : [{ key: keyOf('everywhere', everywhere), limit: accountLimit * EVERYWHERE }]),
    ];
  }

  /** @returns false where the account has no place */
  private async takeUntold({ account }: AttemptSubject, held: Held[]): Promise<boolean> {
    if (account === undefined) return true;
    const counter = { key: keyOf('account', account), limit: this.settings.accountLimit };
    const place = await this.store.take(counter.key, counter.limit, this.windowSeconds);
    if (place === undefined) return false;
    held.push({ ...counter, place });
    return true;
  }

  private async take(counter: Counter): Promise<Held> {
    const place = await this.store.take(counter.key, counter.limit, this.windowSeconds);
    if (place !== undefined) return { ...counter, place };
    throw lockedOut(Math.max(1, await this.wait(counter)));
  }

  private async wait({ key, limit }: Counter): Promise<number> {
    return this.store.wait(key, limit, this.windowSeconds);
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
