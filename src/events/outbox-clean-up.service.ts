import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { EventSettings } from '../config/event.settings.js';
import { OutboxRepository } from './outbox.repository.js';

/** Rows removed by one statement, so that each stays short however many there are. */
const BATCH_LENGTH = 1_000;

/** Removes deliveries that were given up long ago. Any number of instances may do it at once. */
@Injectable()
export class OutboxCleanUpService {
  static readonly jobName = 'outbox.clean-up';
  private readonly logger = new Logger(OutboxCleanUpService.name);

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly settings: EventSettings,
  ) {}

  /** A failure is logged; the next hour tries again. */
  @Cron('29 * * * *', { name: OutboxCleanUpService.jobName, waitForCompletion: true })
  async cleanUp(): Promise<void> {
    const { failedRetentionDays } = this.settings;
    if (failedRetentionDays === 0) return;
    try {
      while ((await this.outbox.deleteGivenUp(failedRetentionDays, BATCH_LENGTH)) === BATCH_LENGTH);
    } catch (error) {
      this.logger.error({ msg: 'events that were given up were not removed', err: error });
    }
  }
}
