import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';

/** Seconds after which a client may try again when a needed service does not answer. */
const UNAVAILABLE_SECONDS = 5;

/**
 * What who asks too often gets.
 *
 * @param seconds until a request can succeed again; told in the message and in `Retry-After`
 */
export const tooManyRequests = (seconds: number): ProtocolException =>
  new ProtocolException(protocolFailures.tooManyRequests, { seconds }, retryAfter(seconds));

/**
 * The failure of a caller who has guessed wrong too often.
 *
 * @param seconds as for {@link tooManyRequests}
 */
export const lockedOut = (seconds: number): ProtocolException =>
  new ProtocolException(protocolFailures.lockedOut, { seconds }, retryAfter(seconds));

/** What everyone gets while something needed is down or full, with `Retry-After`. */
export const unavailable = (cause?: unknown): ProtocolException =>
  new ProtocolException(protocolFailures.unavailable, {}, retryAfter(UNAVAILABLE_SECONDS), cause);

const retryAfter = (seconds: number) => ({ 'Retry-After': String(seconds) });
