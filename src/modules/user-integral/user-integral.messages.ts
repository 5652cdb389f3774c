import { defineMessages } from '../../envelope/message-catalogue.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The texts of points. */
export const userIntegralMessages = defineMessages('user-integral', { zh, en, cht, spa });
