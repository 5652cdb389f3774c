import { Injectable } from '@nestjs/common';
import { tooManyRequests } from '../../protocol/retry-later.js';
import { type Rate, RateLimitRepository } from './rate-limit.repository.js';

/** Refuses what is done too often. */
@Injectable()
export class RateLimiter {
  constructor(private readonly rates: RateLimitRepository) {}

  /**
   * Counts a use.
   *
   * @throws ProtocolException too many requests, with the seconds to wait in `Retry-After`
   */
  async count(subject: string, rate: Rate): Promise<void> {
    const seconds = await this.rates.use(subject, rate);
    if (seconds > 0) throw tooManyRequests(seconds);
  }
}
