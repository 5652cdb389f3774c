import { defineMessages } from '../../envelope/message-catalogue.js';
import { defineFailures, ResultCode } from '../../envelope/protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The regions' texts. */
export const regionMessages = defineMessages('region', { zh, en, cht, spa });

/** The ways in which these endpoints fail. */
export const regionFailures = defineFailures({
  unknownCode: { code: ResultCode.invalidParameter, message: regionMessages('unknownCode') },
});
