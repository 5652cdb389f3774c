import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import { defineMessages } from '../../envelope/message-catalogue.js';

/** The regions' texts. */
export const regionMessages = defineMessages('region', { zh, en, cht, spa });
