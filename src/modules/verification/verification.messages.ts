import { defineMessages } from '../../envelope/message-catalogue.js';
import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The texts of verification codes and captchas, those of their mails included. */
export const verificationMessages = defineMessages('verification', { zh, en, cht, spa });

const message = verificationMessages;

/** The ways in which verification codes and captchas fail. */
export const verificationFailures = defineFailures({
  smsClosed: { code: ResultCode.invalidParameter, message: message('smsClosed') },
  emailClosed: { code: ResultCode.invalidParameter, message: message('emailClosed') },
  notSent: { code: ResultCode.failed, message: message('notSent') },
  codeMissing: {
    code: ResultCode.verificationMissing,
    message: message('codeMissing'),
    securityEvent: 'code_refused',
  },
  codeWrong: {
    code: ResultCode.verificationWrong,
    message: message('codeWrong'),
    securityEvent: 'code_refused',
  },
  captchaMissing: { code: ResultCode.verificationMissing, message: message('captchaMissing') },
  captchaWrong: { code: ResultCode.verificationWrong, message: message('captchaWrong') },
});
