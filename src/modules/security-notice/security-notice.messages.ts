import { defineMessages } from '../../envelope/message-catalogue.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** What a notice tells of. */
export type NoticeEvent =
  | 'password.changed'
  | 'password.reset'
  | 'contact.sms'
  | 'contact.email'
  | 'closing'
  | 'address'
  | 'platform';

export const noticeMessages = defineMessages('security-notice', { zh, en, cht, spa });
