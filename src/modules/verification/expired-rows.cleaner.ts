import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { ExpiredRowsRepository } from './expired-rows.repository.js';

/** Keeps the verification tables as small as what is going on. */
@Injectable()
export class ExpiredRowsCleaner {
  private readonly logger = new Logger(ExpiredRowsCleaner.name);

  constructor(private readonly expired: ExpiredRowsRepository) {}

  /** Several instances may do it at once. A failure is logged; the next hour tries again. */
  @Cron(CronExpression.EVERY_HOUR)
  async clean(): Promise<void> {
    try {
      await this.expired.delete();
    } catch (error) {
      this.logger.error({ msg: 'expired verification rows were not removed', err: error });
    }
  }
}
