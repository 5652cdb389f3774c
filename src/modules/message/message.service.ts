import { Injectable } from '@nestjs/common';
import type { Language } from '../../envelope/message-catalogue.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { type Page, type PageDto, pageOf } from '../../protocol/request/paging.js';
import { textToHtml } from './message-html.js';
import { MessageRepository } from './message.repository.js';
import { type MessageView, toMessageView } from './message.view.js';

/** A message to a user. All texts are plain, and in one language. */
export interface NewMessage {
  readonly userId: string;
  /** Up to 120 characters. */
  readonly title: string;
  /** May have line breaks. Up to 10,000 characters. */
  readonly text: string;
  /** What it is about, for people, such as `积分`. Up to 180 characters. */
  readonly businessType: string;
  /** The id of what it is about. */
  readonly businessId?: string;
  /**
   * What it tells of, up to 190 characters: the user gets no second message with the same one. For
   * listeners of durable events, which may come again.
   */
  readonly reference?: string;
}

/** {@link MessageService.unreadCount} counts no further: ShopXO's clients show more as `99+`. */
const MOST_UNREAD = 100;

/** Messages to users. Any module sends them, and users read them. */
@Injectable()
export class MessageService {
  constructor(private readonly messages: MessageRepository) {}

  /** A page of the caller's own, newest first. Those of the page are read from now on. */
  async index({ userId }: Identity, page: PageDto, language: Language): Promise<Page<MessageView>> {
    const found = await this.messages.list(userId, page);
    const unread = found[0].filter((row) => !row.is_read).map((row) => row.id);
    await this.messages.markRead(userId, unread);
    return pageOf(page, found, (row) => toMessageView(row, language));
  }

  /**
   * Sends a message, as a part of the caller's transaction where there is one. An account that has ended
   * gets none.
   */
  async send(message: NewMessage): Promise<void> {
    const { userId, title, text, businessType, businessId = '0', reference = null } = message;
    await this.messages.add({
      user_id: userId,
      title,
      detail: textToHtml(text),
      business_type: businessType,
      business_id: businessId,
      reference,
    });
  }

  /** How many messages a user has not read, up to 100. */
  unreadCount(userId: string): Promise<number> {
    return this.messages.countUnread(userId, MOST_UNREAD);
  }
}
