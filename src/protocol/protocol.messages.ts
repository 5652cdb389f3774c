import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };
import { defineMessages } from './message-catalogue.js';

/** The protocol's own texts; those of a module stand in the module. */
export const protocolMessages = defineMessages('protocol', { zh, en, cht, spa });
