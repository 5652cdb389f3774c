import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { PasswordSettings } from '../../../config/password.settings.js';
import { addressGroup } from '../../../protocol/address-group.js';
import { tooManyRequests, unavailable } from '../../../protocol/retry-later.js';
import { AttemptService, type AttemptSubject } from '../../attempt/attempt.service.js';
import { PasswordHasher, type StoredPassword } from './password-hasher.js';

/** Hashes that may wait for their turn; more than this many would wait too long to be worth it. */
export const QUEUE_LIMIT = 500;

/** How many of them may be of one client address, so that none fills the queue for all. */
export const ADDRESS_SHARE = 100;

/** Seconds after which an address whose share is full may try again. */
const SHARE_SECONDS = 5;

/** Sets and checks passwords: so many at once as memory allows, and guessing only so often. */
@Injectable()
export class PasswordService {
  private readonly turn: LimitFunction;

  /** How many hashes wait, by address group. */
  private readonly waiting = new Map<string, number>();

  constructor(
    private readonly hasher: PasswordHasher,
    private readonly attempts: AttemptService,
    settings: PasswordSettings,
  ) {
    this.turn = pLimit(settings.hashConcurrency);
  }

  /**
   * @param address the client's, here as below: so many of its hashes may wait, and no more
   * @throws ProtocolException unavailable, where too many wait; too many requests, where too many of
   *   the address do
   */
  async hash(password: string, address: string): Promise<string> {
    return this.inTurn(address, () => this.hasher.hash(password));
  }

  /**
   * Whether the password is the stored one; one try of the subject's. The try is counted when its
   * turn has come, so that many right passwords at once are not taken for failures. A subject that
   * has none left does not even wait.
   *
   * @param stored undefined where there is no account; that costs the same
   * @throws ProtocolException too many requests; unavailable, where too many wait
   */
  async check(
    subject: AttemptSubject,
    password: string,
    stored: StoredPassword | undefined,
    address: string,
  ): Promise<boolean> {
    await this.attempts.refuseExhausted(subject);
    return this.inTurn(address, () =>
      this.attempts.try(subject, () => this.hasher.matches(password, stored)),
    );
  }

  /** A new hash of a password that was right, where the stored one is out of date. */
  async renew(
    password: string,
    stored: StoredPassword,
    address: string,
  ): Promise<string | undefined> {
    if (this.hasher.isCurrent(stored)) return undefined;
    return this.inTurn(address, () => this.hasher.renew(password, stored));
  }

  /** Runs the work when its turn has come; turns away what would wait too long. */
  private async inTurn<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
    const group = addressGroup(address);
    if ((this.waiting.get(group) ?? 0) >= ADDRESS_SHARE) throw tooManyRequests(SHARE_SECONDS);
    if (this.turn.pendingCount >= QUEUE_LIMIT) throw unavailable();
    this.addWaiting(group, 1);
    return this.turn(() => {
      this.addWaiting(group, -1);
      return work();
    });
  }

  private addWaiting(group: string, change: 1 | -1): void {
    const waiting = (this.waiting.get(group) ?? 0) + change;
    if (waiting === 0) this.waiting.delete(group);
    else this.waiting.set(group, waiting);
  }
}
