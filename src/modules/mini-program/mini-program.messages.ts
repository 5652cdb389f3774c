import { defineMessages } from '../../envelope/message-catalogue.js';
import { defineFailures, ResultCode } from '../../envelope/protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The texts of mini-programs' sign-in. */
export const miniProgramMessages = defineMessages('miniProgram', { zh, en, cht, spa });

const message = miniProgramMessages;
const { invalidParameter } = ResultCode;

/** The ways in which mini-programs' sign-in fails. */
export const miniProgramFailures = defineFailures({
  /** Args: `clientType`, `supported`. */
  unsupported: { code: invalidParameter, message: message('unsupported') },
  /** Args: `clientType`. */
  notConfigured: { code: invalidParameter, message: message('notConfigured') },
  /** A login code, or one for a mobile number. */
  codeRefused: {
    code: invalidParameter,
    message: message('codeRefused'),
    securityEvent: 'login_failed',
  },
  /** Whatever is wrong with it. */
  undecryptable: {
    code: invalidParameter,
    message: message('undecryptable'),
    securityEvent: 'login_failed',
  },
  noSessionKey: { code: invalidParameter, message: message('noSessionKey') },
  authDataFormat: { code: invalidParameter, message: message('authDataFormat') },
  mobileForeign: { code: invalidParameter, message: message('mobileForeign') },
  /** Args: `clientType`. */
  noMobile: { code: invalidParameter, message: message('noMobile') },
});
