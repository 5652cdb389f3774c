import { Injectable } from '@nestjs/common';
import type { AuditEntry } from './audit-entry.js';
import { AuditRepository } from './audit.repository.js';

/** A user sees so many of the newest entries: what a page costs does not grow with the trail. */
export const SHOWN_ENTRIES = 10_000;

/** A page of a user's trail. */
export interface AuditPage {
  /** Entries that can be seen, at most {@link SHOWN_ENTRIES}. */
  readonly total: number;
  /** Newest first. */
  readonly entries: AuditEntry[];
}

/** Reads the trail of changes, which the statements that make them write (see audit-row.ts). */
@Injectable()
export class AuditService {
  constructor(private readonly audit: AuditRepository) {}

  /**
   * @param page from 1 on; beyond the last there are no entries
   * @param size entries on a page
   */
  async list(userId: string, page: number, size: number): Promise<AuditPage> {
    const total = await this.audit.count(userId, SHOWN_ENTRIES);
    const offset = (page - 1) * size;
    const limit = Math.min(size, total - offset);
    return { total, entries: limit > 0 ? await this.audit.page(userId, limit, offset) : [] };
  }

  /** Removes what a user's profile was, at the account's end; the rest is kept as all other rows. */
  async forgetProfile(userId: string): Promise<void> {
    await this.audit.deleteOfUser(userId, 'profile.changed');
  }
}
