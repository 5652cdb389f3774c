import { Injectable } from '@nestjs/common';
import type { PageDto } from '../../protocol/request/paging.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { Changes, OperatorAction } from './audit-action.js';
import type { AuditEntry } from './audit-entry.js';
import { AuditRepository } from './audit.repository.js';

export { SHOWN_ENTRIES } from './audit.repository.js';

/** Reads the trail of changes, which the statements that make them write (see audit-row.ts). */
@Injectable()
export class AuditService {
  constructor(private readonly audit: AuditRepository) {}

  /** @returns a page's entries, newest first, and how many can be seen, at most {@link SHOWN_ENTRIES} */
  list(userId: string, page: PageDto): Promise<[AuditEntry[], number]> {
    return this.audit.list(userId, page);
  }

  /**
   * Records what an operator did where no statement of its own does: something sent, or counted elsewhere.
   *
   * @param userId whose account it was done to; null for the service
   */
  async record(
    action: OperatorAction,
    userId: string | null,
    changes: Changes,
    origin: Origin,
  ): Promise<void> {
    await this.audit.record(action, userId, changes, origin);
  }

  /** Removes what a user's profile was, at the account's end; the rest is kept as all other rows. */
  async forgetProfile(userId: string): Promise<void> {
    await this.audit.deleteOfUser(userId, 'profile.changed');
  }
}
