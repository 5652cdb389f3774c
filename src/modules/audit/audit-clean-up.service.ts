import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AuditSettings } from '../../config/audit.settings.js';
import { AuditRepository } from './audit.repository.js';

/** Rows looked at in one statement, so that each stays short however many there are. */
const BATCH_LENGTH = 1_000;

/** Removes what the trail need not keep any longer. Any number of instances may do it at once. */
@Injectable()
export class AuditCleanUpService {
  static readonly jobName = 'audit.clean-up';
  private readonly logger = new Logger(AuditCleanUpService.name);

  constructor(
    private readonly audit: AuditRepository,
    private readonly settings: AuditSettings,
  ) {}

  /** A failure is logged; the next hour tries again. */
  @Cron('41 * * * *', { name: AuditCleanUpService.jobName, waitForCompletion: true })
  async cleanUp(): Promise<void> {
    const { retentionDays } = this.settings;
    if (retentionDays === 0) return;
    try {
      while ((await this.audit.deleteExpired(retentionDays, BATCH_LENGTH)) === BATCH_LENGTH);
    } catch (error) {
      this.logger.error({ msg: 'expired audit rows were not removed', err: error });
    }
  }
}
