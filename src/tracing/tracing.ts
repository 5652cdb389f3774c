/** Where a span stands: the work of this service, or its wait for the database. */
export type SpanKind = 'internal' | 'client';

/** How a request ended. */
export interface TracedAnswer {
  /** The action's path, once it was known. Never the raw one, which may hold a token. */
  readonly route?: string;
  readonly status: number;
  /** The envelope's code. */
  readonly code?: number;
  readonly aborted: boolean;
}

/** A request that is being traced. */
export interface RequestTrace {
  /** 32 hex digits. */
  readonly traceId: string;
  /** Does work as a part of it, and all that the work begins. */
  run<Result>(work: () => Result): Result;
  end(answer: TracedAnswer): void;
}

/** Tells a collector where a request's time goes. This one, for where tracing is off, does not. */
export class Tracing {
  /**
   * @param traceparent the caller's, which the trace becomes a part of
   * @returns undefined where tracing is off
   */
  startRequest(_method: string, _traceparent: string | undefined): RequestTrace | undefined {
    return undefined;
  }

  /**
   * Does work as a span of its own, inside the span around it. Outside of a request there is none.
   *
   * @param name fixed text: it must hold nothing of the request
   */
  inSpan<Result>(_name: string, _kind: SpanKind, work: () => Promise<Result>): Promise<Result> {
    return work();
  }
}
