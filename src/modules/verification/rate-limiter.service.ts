import { Injectable } from '@nestjs/common';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { protocolFailures } from '../../protocol/protocol.failures.js';
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
    if (seconds === 0) return;
    throw new ProtocolException(
      protocolFailures.tooManyRequests,
      { seconds },
      { 'Retry-After': String(seconds) },
    );
  }
}
