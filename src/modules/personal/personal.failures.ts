import { defineFailures } from '../../protocol/protocol.exception.js';
import { ResultCode } from '../../protocol/result-code.js';
import { personalMessages } from './personal.messages.js';

/** The ways in which a profile's endpoints fail. */
export const personalFailures = defineFailures({
  avatarNotYours: {
    code: ResultCode.invalidParameter,
    message: personalMessages('avatarNotYours'),
  },
});
