import type { SecurityEvent } from '../logging/security-log.js';
import type { MessageArguments, MessageKey } from './message-catalogue.js';

/**
 * ShopXO's `code` of an answer. Business outcomes travel on HTTP 200, as its clients expect; faults
 * of transport and infrastructure carry their HTTP status too.
 */
export const ResultCode = {
  success: 0,
  /** A parameter is missing or wrong, or the body cannot be read. */
  invalidParameter: -1,
  accountFormat: -2,
  accountTaken: -3,
  wrongPassword: -4,
  verificationMissing: -10,
  verificationWrong: -11,
  /** The operation failed and nothing was changed. */
  failed: -100,
  /** The account's status forbids the operation. */
  accountStatus: -110,
  /** The token is absent, unknown, expired or revoked, or its account is gone, banned or pending. */
  notLoggedIn: -400,
  tooManyRequests: -429,
  unexpected: -500,
  unavailable: -503,
  noSuchRoute: -1000,
} as const;

export type ResultCode = (typeof ResultCode)[keyof typeof ResultCode];

/** One way in which a request can fail. */
export interface Failure {
  readonly code: ResultCode;
  readonly message: MessageKey;
  /** HTTP status; 200 where absent, as ShopXO answers business failures. */
  readonly status?: number;
  /** Where the failure is one: it is written to the log by itself and counted, see `SecurityLog`. */
  readonly securityEvent?: SecurityEvent;
}

/** A failure that the client is told of. The envelope filter makes the answer from it. */
export class ProtocolException extends Error {
  override readonly name = 'ProtocolException';

  /**
   * @param args values for the message's placeholders
   * @param headers headers of the answer, e.g. `Retry-After`
   */
  constructor(
    readonly failure: Failure,
    readonly args: MessageArguments = {},
    readonly headers: Readonly<Record<string, string>> = {},
    cause?: unknown,
  ) {
    super(failure.message, { cause });
  }
}

/** Makes a module's error catalogue: the only place where its failures get their codes. */
export const defineFailures = <Name extends string>(
  failures: Readonly<Record<Name, Failure>>,
): Readonly<Record<Name, Failure>> => failures;
