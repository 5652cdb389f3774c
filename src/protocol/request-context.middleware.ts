import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { parseQuery } from './query-string.js';

/** What is taken over from a caller: nothing that could forge a log line or a header. */
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
