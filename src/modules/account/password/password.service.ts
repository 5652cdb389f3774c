import { Injectable } from '@nestjs/common';
import { PasswordSettings } from '../../../config/password.settings.js';
import { refusePastDeadline } from '../../../deadline/deadline.js';
import { AttemptService, type AttemptSubject } from '../../../protocol/limits/attempt.service.js';
import { addressGroup } from '../../../http/client-address.js';
import { tooManyRequests, unavailable } from '../../../envelope/protocol.failures.js';
import { DroppedError, FairQueue } from './fair-queue.js';
import { PasswordHasher, type StoredPassword } from './password-hasher.js';

/** Logins that are looked up and counted at a time, for each hash: the next is ready when one ends. */
const PROOFS_PER_HASH = 2;

/** Seconds after which an address that has too many hashes waiting may try again. */
const OWN_SECONDS = 5;

/**
 * Sets and checks passwords. A limited number is hashed at a time and may wait, client addresses taking
 * turns, and guessing is limited by attempts.
 */
@Injectable()
export class PasswordService {
  private readonly queue: FairQueue;
  private readonly proofs: FairQueue;

  constructor(
    private readonly hasher: PasswordHasher,
    private readonly attempts: AttemptService,
    settings: PasswordSettings,
  ) {
    this.queue = new FairQueue(settings.hashConcurrency, settings.hashQueue);
    this.proofs = new FairQueue(settings.hashConcurrency * PROOFS_PER_HASH, settings.hashQueue);
  }

  /**
   * @param address the client's, here as below: addresses are served in turn
   * @throws ProtocolException too many requests, where too many wait and the address has others among
   *   them; unavailable, where too many wait
   */
  async hash(password: string, address: string): Promise<string> {
    return this.inTurn(address, () => this.hasher.hash(password));
  }

  /**
   * Runs what a password is checked with, from its first statement on, in the address's turn: else those
   * who wait for a hash would keep the database's connections from everybody else.
   *
   * @throws ProtocolException as `hash`, and what the work throws
   */
  async prove<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
    return this.inTurn(address, work, this.proofs);
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

  /** Runs the work when the turn of its address group has come, unless its request was answered by then. */
  private async inTurn<Result>(
    address: string,
    work: () => Promise<Result>,
    queue = this.queue,
  ): Promise<Result> {
    try {
      return await queue.run(addressGroup(address), () => {
        refusePastDeadline();
        return work();
      });
    } catch (error) {
      if (!(error instanceof DroppedError)) throw error;
      throw error.hasOthers ? tooManyRequests(OWN_SECONDS) : unavailable(error);
    }
  }
}
