import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

/** How much the HTTP server takes on, how long it waits for clients, and how it stops. */
export class ServerSettings {
  /** Requests being answered at a time, and as many whose body is coming; see `Admission`. */
  @FromEnv('MAX_REQUESTS_IN_FLIGHT', 'a number of requests from 1 to 100000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly maxRequestsInFlight: number = 1_000;

  /** Open connections; beyond it the one that was idle longest is closed for a new one. */
  @FromEnv('MAX_CONNECTIONS', 'a number of connections from 1 to 1000000', parseInteger)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxConnections: number = 10_000;

  /** Milliseconds for which a connection is kept for its next request. */
  @FromEnv('KEEP_ALIVE_TIMEOUT_MS', 'milliseconds from 1000 to 3600000', parseInteger)
  @IsInt()
  @Min(1_000)
  @Max(3_600_000)
  readonly keepAliveTimeoutMs: number = 65_000;

  /** Milliseconds for a request's headers to arrive. */
  @FromEnv('HEADERS_TIMEOUT_MS', 'milliseconds from 100 to 600000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly headersTimeoutMs: number = 10_000;

  /**
   * Milliseconds for the whole of a request to arrive; its headers have no longer either. A client
   * that takes nothing of its answer has about twice as long.
   */
  @FromEnv('REQUEST_TIMEOUT_MS', 'milliseconds from 100 to 3600000', parseInteger)
  @IsInt()
  @Min(100)
  @Max(3_600_000)
  readonly requestTimeoutMs: number = 30_000;

  /** Milliseconds from SIGTERM, when the service is not ready any more, to when it stops listening. */
  @FromEnv('SHUTDOWN_DELAY_MS', 'milliseconds from 0 to 600000', parseInteger)
  @IsInt()
  @Min(0)
  @Max(600_000)
  readonly shutdownDelayMs: number = 0;

  /** Milliseconds that requests in flight have to be answered once it has stopped listening. */
  @FromEnv('SHUTDOWN_TIMEOUT_MS', 'milliseconds from 0 to 600000', parseInteger)
  @IsInt()
  @Min(0)
  @Max(600_000)
  readonly shutdownTimeoutMs: number = 10_000;
}
