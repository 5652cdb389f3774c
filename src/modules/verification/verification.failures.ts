import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import { verificationMessages as message } from './verification.messages.js';

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
