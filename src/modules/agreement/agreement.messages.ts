import { defineMessages } from '../../envelope/message-catalogue.js';
import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The agreements' texts for people; the agreements themselves are files. */
export const agreementMessages = defineMessages('agreement', { zh, en, cht, spa });

/** The ways in which an agreement cannot be shown. */
export const agreementFailures = defineFailures({
  notProvided: { code: ResultCode.failed, message: agreementMessages('notProvided') },
});
