import { Injectable } from '@nestjs/common';
import { PasswordSettings } from '../../../config/password.settings.js';
import { addressGroup } from '../../../protocol/client-address.js';
import { tooManyRequests, unavailable } from '../../../protocol/retry-later.js';
import { AttemptService, type AttemptSubject } from '../../attempt/attempt.service.js';
import { DroppedError, FairQueue } from './fair-queue.js';
import { PasswordHasher, type StoredPassword } from './password-hasher.js';

/** Seconds after which an address that has too many hashes waiting may try again. */
const OWN_SECONDS = 5;

/**
 * Sets and checks passwords. A limited number is hashed at a time and may wait, client addresses taking
 * turns, and guessing is limited by attempts.
 */
@Injectable()
export class PasswordService {
  private readonly queue: FairQueue;

  constructor(
    private readonly hasher: PasswordHasher,
    private readonly attempts: AttemptService,
    settings: PasswordSettings,
  ) {
    this.queue = new FairQueue(settings.hashConcurrency, settings.hashQueue);
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

  /** Runs the work when the turn of its address group has come. */
  private async inTurn<Result>(address: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.queue.run(addressGroup(address), work);
    } catch (error) {
      if (!(error instanceof DroppedError)) throw error;
      throw error.hasOthers ? tooManyRequests(OWN_SECONDS) : unavailable(error);
    }
  }
}
