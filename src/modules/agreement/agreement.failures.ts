import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import { agreementMessages } from './agreement.messages.js';

/** The ways in which an agreement cannot be shown. */
export const agreementFailures = defineFailures({
  notProvided: { code: ResultCode.failed, message: agreementMessages('notProvided') },
});
