import type { SecurityEvent } from '../logging/security-log.js';
import type { MessageArguments, MessageKey } from './message-catalogue.js';
import type { ResultCode } from './result-code.js';

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
