import type { Request } from 'express';
import type { RequestTrace } from '../tracing/tracing.js';
import type { Identity } from './token-resolver.js';
import type { Action } from './action.guard.js';
import type { PublicParameters } from './public-parameters.js';

/** Parameters by name, as a body or a query string gave them. Any value may be of any JSON type. */
export type Parameters = Readonly<Record<string, unknown>>;

/** What the protocol knows of one request, filled in on its way. */
export interface RequestContext {
  /** In the answer's `X-Request-Id` and in the log. */
  readonly requestId: string;
  /** The query string, parsed once. */
  readonly query: Parameters;
  /** Whether the path was named through `/api.php`. */
  isEntryScript?: boolean;
  /** What the router has found, once it has. */
  action?: Action;
  /** Who asks, once the token is resolved. */
  identity?: Identity;
  /** The caller that the request was counted for, see `Limiter`. */
  countedAs?: string;
  publicParameters?: PublicParameters;
  /** The file of an `@Upload()` route's request. */
  file?: Buffer;
  /** Where tracing is on. */
  trace?: RequestTrace;
  /** The answer's code, for the log and the figures. */
  code?: number;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Set by the request context middleware, on every request. */
    context: RequestContext;
  }
}

const NONE: Parameters = Object.freeze({});

/** The parsed body; an absent one is empty. */
export const bodyOf = (request: Request): Parameters =>
  (request.body as Parameters | undefined) ?? NONE;

/**
 * A public parameter: from the body, else from the query string. An empty one counts as absent, for
 * clients send `token=` when they are signed out.
 */
export function publicParameter(request: Request, name: string): unknown {
  for (const source of [bodyOf(request), request.context.query]) {
    const value = source[name];
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}
