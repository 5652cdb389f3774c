import { HttpStatus } from '@nestjs/common';
import { defineMessages } from './message-catalogue.js';
import {
  defineFailures,
  type Failure,
  ProtocolException,
  ResultCode,
} from './protocol.exception.js';
import cht from './locales/cht.json' with { type: 'json' };
import en from './locales/en.json' with { type: 'json' };
import spa from './locales/spa.json' with { type: 'json' };
import zh from './locales/zh.json' with { type: 'json' };

/** The protocol's own texts; those of a module stand in the module. */
export const protocolMessages = defineMessages('protocol', { zh, en, cht, spa });

const message = protocolMessages;

const { invalidParameter, noSuchRoute } = ResultCode;

/** The ways in which a request fails before or around a module's own code. */
export const protocolFailures = defineFailures({
  notLoggedIn: { code: ResultCode.notLoggedIn, message: message('notLoggedIn') },
  /** The caller is known, and may not do this: unlike `notLoggedIn` it signs nobody out. */
  forbidden: {
    code: invalidParameter,
    message: message('forbidden'),
    status: HttpStatus.FORBIDDEN,
  },
  /** Any other status from 400 to 499. */
  refused: { code: invalidParameter, message: message('refused') },
  noSuchRoute: {
    code: noSuchRoute,
    message: message('noSuchRoute'),
    status: HttpStatus.NOT_FOUND,
  },
  methodNotAllowed: {
    code: noSuchRoute,
    message: message('methodNotAllowed'),
    status: HttpStatus.METHOD_NOT_ALLOWED,
  },
  malformedRequest: {
    code: invalidParameter,
    message: message('malformedRequest'),
    status: HttpStatus.BAD_REQUEST,
  },
  malformedBody: {
    code: invalidParameter,
    message: message('malformedBody'),
    status: HttpStatus.BAD_REQUEST,
  },
  bodyNotObject: {
    code: invalidParameter,
    message: message('bodyNotObject'),
    status: HttpStatus.BAD_REQUEST,
  },
  /** Args: `limit`, levels. */
  bodyTooDeep: {
    code: invalidParameter,
    message: message('bodyTooDeep'),
    status: HttpStatus.BAD_REQUEST,
  },
  fileNotExpected: {
    code: invalidParameter,
    message: message('fileNotExpected'),
    status: HttpStatus.BAD_REQUEST,
    securityEvent: 'upload_refused',
  },
  tooLarge: {
    code: invalidParameter,
    message: message('tooLarge'),
    status: HttpStatus.PAYLOAD_TOO_LARGE,
  },
  /** Args: `limit`, in kB. */
  bodyTooLarge: {
    code: invalidParameter,
    message: message('bodyTooLarge'),
    status: HttpStatus.PAYLOAD_TOO_LARGE,
  },
  /** Args: `limit`. */
  tooManyFields: {
    code: invalidParameter,
    message: message('tooManyFields'),
    status: HttpStatus.PAYLOAD_TOO_LARGE,
  },
  /** Args: `limit`, in MB. */
  fileTooLarge: {
    code: invalidParameter,
    message: message('fileTooLarge'),
    status: HttpStatus.PAYLOAD_TOO_LARGE,
    securityEvent: 'upload_refused',
  },
  /** Args: `field`, the only one that may hold a file. */
  oneFile: {
    code: invalidParameter,
    message: message('oneFile'),
    status: HttpStatus.BAD_REQUEST,
    securityEvent: 'upload_refused',
  },
  /** Args: `field`, `limit` in bytes. */
  fieldTooLarge: {
    code: invalidParameter,
    message: message('fieldTooLarge'),
    status: HttpStatus.PAYLOAD_TOO_LARGE,
  },
  unsupportedType: {
    code: invalidParameter,
    message: message('unsupportedType'),
    status: HttpStatus.UNSUPPORTED_MEDIA_TYPE,
  },
  expectationFailed: {
    code: invalidParameter,
    message: message('malformedRequest'),
    status: HttpStatus.EXPECTATION_FAILED,
  },
  headersTooLarge: {
    code: invalidParameter,
    message: message('headersTooLarge'),
    status: 431,
  },
  requestTimeout: {
    code: invalidParameter,
    message: message('requestTimeout'),
    status: HttpStatus.REQUEST_TIMEOUT,
  },
  tooManyRequests: {
    code: ResultCode.tooManyRequests,
    message: message('tooManyRequests'),
    status: HttpStatus.TOO_MANY_REQUESTS,
  },
  /** Too many wrong passwords or codes; answered as too many requests are. */
  lockedOut: {
    code: ResultCode.tooManyRequests,
    message: message('tooManyRequests'),
    status: HttpStatus.TOO_MANY_REQUESTS,
    securityEvent: 'locked_out',
  },
  unexpected: {
    code: ResultCode.unexpected,
    message: message('unexpected'),
    status: HttpStatus.INTERNAL_SERVER_ERROR,
  },
  unavailable: {
    code: ResultCode.unavailable,
    message: message('unavailable'),
    status: HttpStatus.SERVICE_UNAVAILABLE,
  },
  /** The database refused a value that no rule had refused. */
  unstorable: { code: invalidParameter, message: message('unstorable') },
  /** Args: `label`, `field`. */
  missing: { code: invalidParameter, message: message('rule.required') },
  /** Args: `label`, `field`, `values`. */
  notAChoice: { code: invalidParameter, message: message('rule.choice') },
  /** Args: `label`, `field`, `pattern`. */
  notOfPattern: { code: invalidParameter, message: message('rule.pattern') },
});

/** Seconds after which a client may try again when a needed service does not answer. */
const UNAVAILABLE_SECONDS = 5;

/**
 * The failure of a caller who asks too often.
 *
 * @param seconds until a request can succeed again; told in the message and in `Retry-After` as whole
 *   ones, at least one
 */
export const tooManyRequests = (seconds: number): ProtocolException =>
  comeBackIn(seconds, protocolFailures.tooManyRequests);

/**
 * The failure of a caller who has guessed wrong too often.
 *
 * @param seconds as for {@link tooManyRequests}
 */
export const lockedOut = (seconds: number): ProtocolException =>
  comeBackIn(seconds, protocolFailures.lockedOut);

/** The failure of every caller while something needed is down or full, with `Retry-After`. */
export const unavailable = (cause?: unknown): ProtocolException =>
  new ProtocolException(protocolFailures.unavailable, {}, retryAfter(UNAVAILABLE_SECONDS), cause);

function comeBackIn(time: number, failure: Failure): ProtocolException {
  const seconds = Math.max(1, Math.ceil(time));
  return new ProtocolException(failure, { seconds }, retryAfter(seconds));
}

const retryAfter = (seconds: number) => ({ 'Retry-After': String(seconds) });
