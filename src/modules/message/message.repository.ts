import { Injectable } from '@nestjs/common';
import { IsNull, type Repository } from 'typeorm';
import { MessageSettings } from '../../config/message.settings.js';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { findPage, LONGEST_LIST, type PageRequest } from '../../database/find-page.js';
import { notEnded } from '../personal/live-account.js';
import { Message } from './entities/message.entity.js';

/** The columns of a new message that its sender gives. */
export type NewRow = Pick<
  Message,
  'user_id' | 'title' | 'detail' | 'business_type' | 'business_id' | 'reference'
>;

/**
 * Adds a message to an account that has not ended. The account is locked, so that it cannot end
 * meanwhile and leave a message behind.
 */
const ADD: Statement = {
  name: 'message.add',
  text: `
    WITH owner AS (
      SELECT u.id FROM sxo_user u WHERE u.id = $1 AND ${notEnded('u')} FOR NO KEY UPDATE
    )
    INSERT INTO sxo_message (user_id, title, detail, business_type, business_id, reference)
    SELECT id, $2, $3, $4, $5, $6 FROM owner
    ON CONFLICT (user_id, reference) WHERE reference IS NOT NULL DO NOTHING
    RETURNING id`,
};

/** Removes what is too old to be paged to. */
const REMOVE_BEYOND: Statement = {
  name: 'message.remove_beyond',
  text: `
    DELETE FROM sxo_message WHERE user_id = $1 AND id <= (
      SELECT id FROM sxo_message WHERE user_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)`,
};

const NOT_DELETED = 'is_delete_time IS NULL AND user_is_delete_time IS NULL';

/** In the order of their ids, so that of two readings at once one waits for the other. */
const MARK_READ: Statement = {
  name: 'message.mark_read',
  text: `
    UPDATE sxo_message SET is_read = true WHERE id IN (
      SELECT id FROM sxo_message
      WHERE user_id = $1 AND id = ANY ($2::bigint[]) AND NOT is_read
      ORDER BY id FOR NO KEY UPDATE)`,
};

const COUNT_UNREAD: Statement = {
  name: 'message.count_unread',
  text: `
    SELECT count(*)::int AS unread
    FROM (
      SELECT FROM sxo_message WHERE user_id = $1 AND NOT is_read AND ${NOT_DELETED} LIMIT $2
    ) AS first`,
};

/** The table's only reader and writer. A user has {@link LONGEST_LIST} messages at most. */
@Injectable()
export class MessageRepository {
  constructor(
    private readonly database: Database,
    { retentionDays }: MessageSettings,
    cleaner: ExpiredRowsCleaner,
  ) {
    if (retentionDays === 0) return;
    cleaner.keepClean('sxo_message', 'add_time', `now() - make_interval(days => ${retentionDays})`);
  }

  /** A page of a user's own, newest first, and how many there are. */
  list(userId: string, page: PageRequest): Promise<[Message[], number]> {
    return findPage(this.messages, page, {
      where: { user_id: userId, is_delete_time: IsNull(), user_is_delete_time: IsNull() },
      order: { id: 'DESC' },
    });
  }

  /** Adds a message, once where it has a reference; none to an account that has ended. */
  add(row: NewRow): Promise<void> {
    return this.database.transaction(async () => {
      const { user_id, title, detail, business_type, business_id, reference } = row;
      const values = [user_id, title, detail, business_type, business_id, reference];
      const added = await this.database.run(ADD, values);
      if (added.length > 0) await this.database.run(REMOVE_BEYOND, [user_id, LONGEST_LIST]);
    });
  }

  /** Marks messages of a user read; those of others stay as they are. */
  async markRead(userId: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.database.run(MARK_READ, [userId, ids]);
  }

  /** @param most how many are counted */
  async countUnread(userId: string, most: number): Promise<number> {
    const [row] = await this.database.run<{ unread: number }>(COUNT_UNREAD, [userId, most]);
    return row?.unread ?? 0;
  }

  /** Removes every message of an account that has ended: it gets no more. */
  async removeAll(userId: string): Promise<void> {
    await this.messages.delete({ user_id: userId });
  }

  /** TypeORM's repository, a part of the transaction that is open. */
  private get messages(): Repository<Message> {
    return this.database.repository(Message);
  }
}
