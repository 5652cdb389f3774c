import { HttpStatus } from '@nestjs/common';
import { defineMessages } from '../../envelope/message-catalogue.js';
import { ResultCode, defineFailures } from '../../envelope/protocol.exception.js';
import { protocolMessages } from '../../envelope/protocol.failures.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** These endpoints' texts. */
export const userAddressMessages = defineMessages('user-address', { zh, en, cht, spa });

/** The ways in which these endpoints fail. */
export const userAddressFailures = defineFailures({
  unknown: { code: ResultCode.invalidParameter, message: userAddressMessages('unknown') },
  /** Args: `limit`. */
  tooMany: { code: ResultCode.failed, message: userAddressMessages('tooMany') },
  /** Args: `label`, `field`. */
  regionWrong: { code: ResultCode.invalidParameter, message: userAddressMessages('regionWrong') },
  /** A province's name that means none of the regions, or more than one. */
  provinceUnmatched: {
    code: ResultCode.invalidParameter,
    message: userAddressMessages('provinceUnmatched'),
  },
  cityUnmatched: {
    code: ResultCode.invalidParameter,
    message: userAddressMessages('cityUnmatched'),
  },
  /** Args: `label`, `field`, `min`, `max`. */
  wrongLength: { code: ResultCode.invalidParameter, message: protocolMessages('rule.length') },
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
