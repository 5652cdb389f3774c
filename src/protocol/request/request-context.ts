import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { RequestTrace } from '../../tracing/tracing.js';
import type { Action } from '../routing/action.guard.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import type { PublicParameters } from './public-parameters.js';
import { type Parameters, parseQuery } from '../../http/query-string.js';
import type { Identity } from '../auth/token-resolver.js';

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
  /** The caller that the request was counted for, see `RequestLimiter`. */
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

/** The form of a request id that a caller may give: it cannot forge a log line or a header. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives the request its context and the answer the headers that every answer has. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const given = request.get('x-request-id');
  const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
  const question = request.url.indexOf('?');
  request.context = {
    requestId,
    query: question < 0 ? {} : parseQuery(request.url.slice(question + 1)),
  };
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/**
 * Refuses what HTTP forbids: a request without a host, or with several.
 *
 * @throws ProtocolException malformed
 */
export function requireHost(request: Request, _response: Response, next: NextFunction): void {
  const hosts = request.rawHeaders.filter(
    (header, index) => index % 2 === 0 && header.toLowerCase() === 'host',
  ).length;
  if (hosts > 1 || (hosts === 0 && request.httpVersion === '1.1')) {
    throw new ProtocolException(protocolFailures.malformedRequest);
  }
  next();
}
