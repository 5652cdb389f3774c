import { HttpStatus } from '@nestjs/common';
import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import { userAddressMessages } from './user-address.messages.js';

/** The ways in which these endpoints fail. */
export const userAddressFailures = defineFailures({
  unknown: { code: ResultCode.invalidParameter, message: userAddressMessages('unknown') },
  /** Args: `limit`. */
  tooMany: { code: ResultCode.failed, message: userAddressMessages('tooMany') },
  /** Args: `label`, `field`. */
  regionWrong: { code: ResultCode.invalidParameter, message: userAddressMessages('regionWrong') },
  placeIncomplete: {
    code: ResultCode.invalidParameter,
    message: userAddressMessages('placeIncomplete'),
  },
  numbersClosed: {
    code: ResultCode.invalidParameter,
    message: userAddressMessages('numbersClosed'),
  },
  picturesClosed: {
    code: ResultCode.invalidParameter,
    message: userAddressMessages('picturesClosed'),
  },
  /** A link that leads, or leads any more, to no picture. */
  pictureGone: {
    code: ResultCode.noSuchRoute,
    message: userAddressMessages('pictureGone'),
    status: HttpStatus.NOT_FOUND,
  },
  /** Args: `label`, `field`. */
  pictureNotYours: {
    code: ResultCode.invalidParameter,
    message: userAddressMessages('pictureNotYours'),
  },
});
