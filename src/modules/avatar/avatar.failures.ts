import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import { protocolMessages } from '../../envelope/protocol.failures.js';
import { avatarMessages as message } from './avatar.messages.js';

const code = ResultCode.invalidParameter;

/** Of what the file itself is refused for. */
const securityEvent = 'upload_refused';

/** The ways in which an upload fails. */
export const avatarFailures = defineFailures({
  /** Args: `label`, `field`. */
  fileMissing: { code, message: protocolMessages('rule.required') },
  /** Args: `field`. */
  notAPicture: { code, message: message('notAPicture'), securityEvent },
  /** Args: `field`. */
  unreadable: { code, message: message('unreadable'), securityEvent },
  /** Args: `field`, `limit` in megapixels. */
  tooManyPixels: { code, message: message('tooManyPixels'), securityEvent },
  /** Args: `label`, `field`, `min`, `max`. */
  cropNumber: { code, message: protocolMessages('rule.wholeNumber') },
  cropIncomplete: { code, message: message('cropIncomplete') },
  /** Args: `width`, `height` of the picture as it is shown. */
  cropOutside: { code, message: message('cropOutside') },
});
