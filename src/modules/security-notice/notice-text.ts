import { translate } from '../../envelope/message-catalogue.js';
import { timeText } from '../../protocol/views/time.js';
import type { AccountChange } from '../account/account.events.js';
import { type NoticeEvent, noticeMessages as message } from './security-notice.messages.js';

/** When, from where and in which language an owner is told of a change. */
export type Occasion = Pick<AccountChange, 'time' | 'address' | 'clientType' | 'language'>;

/** A notice in the language of its occasion. */
export interface NoticeText {
  /** What happened. */
  readonly event: string;
  /** When, in the shop's zone. */
  readonly time: string;
  readonly subject: string;
  readonly text: string;
}

/** An address group that is none. */
const UNKNOWN = 'unknown';

/** @param zone the shop's, for people */
export function noticeText(event: NoticeEvent, occasion: Occasion, zone: string): NoticeText {
  const { language, address, clientType: client } = occasion;
  const what = translate(language, message(`event.${event}`));
  const time = timeText(new Date(occasion.time));
  const args = {
    event: what,
    time,
    zone,
    address: address === UNKNOWN ? translate(language, message('unknown')) : address,
    client,
    advice: translate(language, message(event === 'closing' ? 'advice.closing' : 'advice')),
  };
  return {
    event: what,
    time,
    subject: translate(language, message('subject'), args),
    text: translate(language, message('text'), args),
  };
}
