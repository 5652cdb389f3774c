import { type Language, translate } from '../../envelope/message-catalogue.js';
import { dateText, epochSeconds, timeText } from '../../protocol/views/time.js';
import type { Message } from './entities/message.entity.js';
import { sanitizeHtml } from './message-html.js';
import { messageMessages as message } from './message.messages.js';

/** What a message looks like on the wire: every field a string, in ShopXO's order. */
export type MessageView = ReturnType<typeof toMessageView>;

/** A message as it is stored, without its owner. */
export type ShownMessage = Pick<
  Message,
  'id' | 'title' | 'detail' | 'business_id' | 'business_type' | 'type' | 'add_time'
>;

/** The only type that ShopXO has a name for. */
const DEFAULT_TYPE = 0;

/**
 * A message on the wire. `detail` is HTML that a client can show as it is; `is_read` is 1, for the list that
 * shows a message marks it.
 */
export const toMessageView = (row: ShownMessage, language: Language) => ({
  id: row.id,
  title: row.title,
  detail: sanitizeHtml(row.detail),
  business_id: row.business_id,
  business_type: row.business_type,
  type: String(row.type),
  is_read: '1',
  add_time: epochSeconds(row.add_time),
  type_text: row.type === DEFAULT_TYPE ? translate(language, message('type.default')) : '',
  is_read_text: translate(language, message('read')),
  add_time_time: timeText(row.add_time),
  add_time_date: dateText(row.add_time),
});
