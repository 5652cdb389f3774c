import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { RateLimitRepository } from './rate-limit.repository.js';

/** Keeps the counters as few as what is going on. */
@Injectable()
export class ExpiredRatesCleaner {
  private readonly logger = new Logger(ExpiredRatesCleaner.name);

  constructor(private readonly rates: RateLimitRepository) {}

  /** Several instances may do it at once. A failure is logged; the next hour tries again. */
  @Cron(CronExpression.EVERY_HOUR)
  async clean(): Promise<void> {
    try {
      await this.rates.deleteExpired();
    } catch (error) {
      this.logger.error({ msg: 'expired rates were not removed', err: error });
    }
  }
}
