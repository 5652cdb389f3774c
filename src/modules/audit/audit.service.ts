import { Injectable } from '@nestjs/common';
import type { PageDto } from '../../protocol/request/paging.js';
import type { AuditEntry } from './audit-entry.js';
import { AuditRepository } from './audit.repository.js';

/** A user sees so many of the newest entries: what a page costs does not grow with the trail. */
export const SHOWN_ENTRIES = 10_000;

/** Reads the trail of changes, which the statements that make them write (see audit-row.ts). */
@Injectable()
export class AuditService {
  constructor(private readonly audit: AuditRepository) {}

  /** @returns a page's entries, newest first, and how many can be seen, at most {@link SHOWN_ENTRIES} */
  async list(userId: string, { page, page_size }: PageDto): Promise<[AuditEntry[], number]> {
    const total = await this.audit.count(userId, SHOWN_ENTRIES);
    const offset = (page - 1) * page_size;
    const limit = Math.min(page_size, total - offset);
    return [limit > 0 ? await this.audit.page(userId, limit, offset) : [], total];
  }

  /** Removes what a user's profile was, at the account's end; the rest is kept as all other rows. */
  async forgetProfile(userId: string): Promise<void> {
    await this.audit.deleteOfUser(userId, 'profile.changed');
  }
}
