import { defineMessages } from '../../envelope/message-catalogue.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** What the actions and fields of the audit trail are called, but for the profile's. */
export const auditMessages = defineMessages('audit', { zh, en, cht, spa });
