import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import { personalMessages } from './personal.messages.js';

/** The ways in which a profile's endpoints fail. */
export const personalFailures = defineFailures({
  avatarNotYours: {
    code: ResultCode.invalidParameter,
    message: personalMessages('avatarNotYours'),
  },
});
