import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AttemptSettings } from '../../config/attempt.settings.js';
import { addressGroup } from '../../protocol/address-group.js';
import { tooManyRequests } from '../../protocol/retry-later.js';
import { ATTEMPT_STORE, type AttemptStore } from './attempt-store.js';

/** Whose tries are counted together. */
export interface AttemptSubject {
  /** What is guessed at, e.g. `account:469`. */
  readonly account: string;
  /** The client's address; none where a session has already told who asks. */
  readonly address?: string;
}

interface Counter {
  readonly key: Buffer;
  readonly limit: number;
}

const keyOf = (kind: string, name: string): Buffer =>
  createHash('sha256').update(`${kind}:${name}`).digest();

/** Stops guessing: counts failures by account and by client address. */
@Injectable()
export class AttemptService {
  constructor(
    @Inject(ATTEMPT_STORE) private readonly store: AttemptStore,
    private readonly settings: AttemptSettings,
  ) {}

  /**
   * Makes one try. A success clears the account's failures, but not the address's: else whoever has
   * one account could go on guessing at others from there. A try that is refused counts nowhere.
   *
   * @param check tells whether the try succeeds, and is one that does not where it throws; not
   *   called when there were too many failures
   * @throws ProtocolException too many requests
   */
  async try(subject: AttemptSubject, check: () => Promise<boolean>): Promise<boolean> {
    const address = this.addressOf(subject);
    const account = { key: keyOf('account', subject.account), limit: this.settings.accountLimit };
    const giveBackAddress = address && (await this.take(address));
    try {
      await this.take(account);
    } catch (error) {
      await giveBackAddress?.();
      throw error;
    }
    const succeeded = await check();
    if (succeeded) {
      await this.store.clear(account.key);
      await giveBackAddress?.();
    }
    return succeeded;
  }

  /** The failures that count now: the account's or the address's, whichever are more. */
  async failures(subject: AttemptSubject): Promise<number> {
    const address = this.addressOf(subject);
    const keys = [keyOf('account', subject.account), ...(address ? [address.key] : [])];
    const counts = await Promise.all(
      keys.map((key) => this.store.count(key, this.settings.windowMinutes * 60)),
    );
    return Math.max(...counts);
  }

  /** Forgets an account's failures, for who has proven otherwise that it is theirs. */
  async forget(account: string): Promise<void> {
    await this.store.clear(keyOf('account', account));
  }

  private addressOf({ address }: AttemptSubject): Counter | undefined {
    if (address === undefined) return undefined;
    return { key: keyOf('address', addressGroup(address)), limit: this.settings.addressLimit };
  }

  /** @returns gives the place back */
  private async take({ key, limit }: Counter): Promise<() => Promise<void>> {
    const { place, retryAfterSeconds } = await this.store.take(
      key,
      limit,
      this.settings.windowMinutes * 60,
    );
    if (place !== undefined) return () => this.store.giveBack(key, place);
    throw tooManyRequests(retryAfterSeconds);
  }
}
