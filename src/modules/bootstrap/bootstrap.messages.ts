import { defineMessages } from '../../envelope/message-catalogue.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The names of the client's entries. */
export const bootstrapMessages = defineMessages('bootstrap', { zh, en, cht, spa });
