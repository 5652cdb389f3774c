import { Injectable } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import { PASSWORD_MAX_LENGTH, PasswordSettings } from '../../../config/password.settings.js';
import { unavailable } from '../../../protocol/retry-later.js';
import { AttemptService, type AttemptSubject } from '../../attempt/attempt.service.js';
import { PasswordHasher, type StoredPassword } from './password-hasher.js';

/** Hashes that may wait for their turn; more than this many would wait too long to be worth it. */
const QUEUE_LIMIT = 500;

/** Sets and checks passwords: so many at once as memory allows, and guessing only so often. */
@Injectable()
export class PasswordService {
  private readonly turn: LimitFunction;

  constructor(
    private readonly hasher: PasswordHasher,
    private readonly attempts: AttemptService,
    private readonly settings: PasswordSettings,
  ) {
    this.turn = pLimit(settings.hashConcurrency);
  }

  /** Code points that a new password may have. */
  get limits(): { min: number; max: number } {
    return { min: this.settings.minLength, max: PASSWORD_MAX_LENGTH };
  }

  /** Whether a new password has a right length, counted in code points as it was sent. */
  isAcceptable(password: string): boolean {
    const { min, max } = this.limits;
    const length = Array.from(password).length;
    return length >= min && length <= max;
  }

  /** @throws ProtocolException unavailable, where too many wait */
  async hash(password: string): Promise<string> {
    return this.inTurn(() => this.hasher.hash(password));
  }

  /**
   * Whether the password is the stored one; one try of the subject's. The try is counted when its
   * turn has come, so that many right passwords at once are not taken for failures.
   *
   * @param stored undefined where there is no account; that costs the same
   * @throws ProtocolException too many requests; unavailable, where too many wait
   */
  async check(
    subject: AttemptSubject,
    password: string,
    stored: StoredPassword | undefined,
  ): Promise<boolean> {
    return this.inTurn(() =>
      this.attempts.try(subject, () => this.hasher.matches(password, stored)),
    );
  }

  /** A new hash of a password that was right, where the stored one is out of date. */
  async renew(password: string, stored: StoredPassword): Promise<string | undefined> {
    if (this.hasher.isCurrent(stored)) return undefined;
    return this.inTurn(() => this.hasher.renew(password, stored));
  }

  /** Runs the work when its turn has come; turns away what would wait too long. */
  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.turn.pendingCount >= QUEUE_LIMIT) throw unavailable();
    return this.turn(work);
  }
}
