import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AuditSettings } from '../../config/audit.settings.js';
import { boundOf } from './audit-bound.js';
import { AuditRepository } from './audit.repository.js';

/** Rows looked at, or removed, in one statement, so that each stays short however many there are. */
const BATCH_LENGTH = 1_000;

/** Minutes of rows that each run looks at: twice the time between two, for a run that failed. */
const WINDOW_MINUTES = 30;

/**
 * Keeps each user's trail within its bounds; the oldest rows go first.
 *
 * It does so apart from requests, for a save is the hottest statement of the service, and counting a
 * user's rows in it would cost more than writing one. Every quarter of an hour it looks at the newest
 * rows, by the primary key, and trims the users that wrote them: who writes nothing grows nothing.
 *
 * So a user has at most the bound and what can be written between two runs: `RATE_LIMIT_USER_WRITES`
 * times 15 rows, of about 3 kB at most, which is 900 rows and 2.7 MB with the defaults. Session rows come
 * of logins, of which an address makes `RATE_LIMIT_PUBLIC_WRITES` a minute and each costs a hash or a
 * code, and of the ends of the sessions that those opened.
 *
 * Any number of instances may do it at once.
 */
@Injectable()
export class AuditBoundService {
  static readonly jobName = 'audit.bound';
  private readonly logger = new Logger(AuditBoundService.name);

  constructor(
    private readonly audit: AuditRepository,
    private readonly settings: AuditSettings,
  ) {}

  /** A failure is logged; the next quarter of an hour tries again. */
  @Cron('*/15 * * * *', { name: AuditBoundService.jobName, waitForCompletion: true })
  async trim(): Promise<void> {
    const looked = new Set<string>();
    try {
      let before: string | undefined;
      do {
        const rows = await this.audit.recent(WINDOW_MINUTES, before, BATCH_LENGTH);
        for (const { user_id, action } of rows) {
          const bound = boundOf(action, this.settings);
          const whose = `${user_id} ${bound.actions[0]}`;
          if (looked.has(whose)) continue;
          looked.add(whose);
          while ((await this.audit.deleteBeyond(user_id, bound, BATCH_LENGTH)) === BATCH_LENGTH);
        }
        before = rows.length === BATCH_LENGTH ? rows.at(-1)?.id : undefined;
      } while (before !== undefined);
    } catch (error) {
      this.logger.error({ msg: 'audit rows beyond their bound were not removed', err: error });
    }
  }
}
