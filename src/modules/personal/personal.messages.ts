import { defineMessages } from '../../envelope/message-catalogue.js';
import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The profile's texts. */
export const personalMessages = defineMessages('personal', { zh, en, cht, spa });

/** The ways in which a profile's endpoints fail. */
export const personalFailures = defineFailures({
  avatarNotYours: {
    code: ResultCode.invalidParameter,
    message: personalMessages('avatarNotYours'),
  },
});
