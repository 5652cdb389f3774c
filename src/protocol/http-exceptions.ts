import { STATUS_CODES } from 'node:http';
import type { HttpException } from '@nestjs/common';
import type { Response } from 'express';
import { type Failure, ProtocolException } from '../envelope/protocol.exception.js';
import {
  protocolFailures,
  protocolMessages as message,
  tooManyRequests,
} from '../envelope/protocol.failures.js';

/** The failures of Nest's exceptions by their HTTP status, where they say no more than that. */
const FAILURE_BY_STATUS: Readonly<Record<number, Failure>> = {
  400: protocolFailures.malformedRequest,
  403: protocolFailures.forbidden,
  404: protocolFailures.noSuchRoute,
  // Conditions and ranges of static files.
  412: { ...protocolFailures.malformedRequest, status: 412 },
  413: protocolFailures.tooLarge,
  415: protocolFailures.unsupportedType,
  416: { ...protocolFailures.malformedRequest, status: 416 },
};

/** What a guard's refusal says in Nest's own words. */
const GUARD_TEXT = 'Forbidden resource';

/** For a limiter that tells no `Retry-After`. */
const USUAL_WAIT_SECONDS = 60;

/**
 * The answer to one of Nest's exceptions with a status from 400 to 499: with code -1, that status and the
 * exception's own text, which is shown as it is. 401 and 429 have their codes and texts in the protocol.
 *
 * @returns undefined for any other status
 */
export function refusalOf(
  error: HttpException,
  response?: Pick<Response, 'getHeader'>,
): ProtocolException | undefined {
  const status = error.getStatus();
  if (status < 400 || status > 499) return undefined;
  if (status === 401) return new ProtocolException(protocolFailures.notLoggedIn);
  if (status === 429) {
    return tooManyRequests(Number(response?.getHeader('Retry-After')) || USUAL_WAIT_SECONDS);
  }
  const { refused } = protocolFailures;
  const text = ownTextOf(error);
  return text === undefined
    ? new ProtocolException(FAILURE_BY_STATUS[status] ?? { ...refused, status })
    : new ProtocolException({ ...refused, message: message('rule.custom'), status }, { text });
}

/** What an exception was given to say; undefined where that is no more than its status. */
function ownTextOf(error: HttpException): string | undefined {
  const response = error.getResponse();
  const { message: given } = (typeof response === 'string' ? { message: response } : response) as {
    message?: unknown;
  };
  const text = [given].flat().filter((one) => typeof one === 'string' && one !== '');
  const isOwn = given !== STATUS_CODES[error.getStatus()] && given !== GUARD_TEXT;
  return isOwn && text.length > 0 ? text.join('; ') : undefined;
}
