import { defineMessages } from '../../envelope/message-catalogue.js';
import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import { protocolMessages } from '../../envelope/protocol.failures.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The texts of the avatar upload. */
export const avatarMessages = defineMessages('avatar', { zh, en, cht, spa });

const message = avatarMessages;

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
