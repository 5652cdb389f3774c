/** What was answered, as far as something was. */
interface Answered {
  readonly code?: number;
  readonly response?: Response;
  readonly cause?: unknown;
}

/**
 * A call that did not succeed: a failure that the service answered, an answer that is none of its
 * own, such as a proxy's page, or no answer at all.
 */
export class ShopxoError extends Error {
  override readonly name = 'ShopxoError';

  /** ShopXO's code, never 0; undefined where the service answered no envelope. */
  readonly code: number | undefined;

  /** For people, in the request's language; in English where the service did not say it. */
  readonly msg: string;

  /** The HTTP status; undefined where nothing was answered. */
  readonly status: number | undefined;

  /** The answer's `X-Request-Id`, by which the operator finds the request. */
  readonly requestId: string | undefined;

  /** Seconds to wait before the next try, where the answer told. */
  readonly retryAfter: number | undefined;

  constructor(msg: string, { code, response, cause }: Answered) {
    super(msg, cause === undefined ? undefined : { cause });
    this.msg = msg;
    this.code = code;
    this.status = response?.status;
    this.requestId = response?.headers.get('x-request-id') ?? undefined;
    this.retryAfter = seconds(response?.headers.get('retry-after'));
  }
}

const seconds = (header: string | null | undefined): number | undefined =>
  header != null && /^\d+$/.test(header) ? Number(header) : undefined;
