import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { unavailable } from './retry-later.js';

/** Always answered: a service that is full is alive, and may well be ready. */
const ALWAYS_ADMITTED = '/health/';

/**
 * Refuses requests while there are too many in flight, before anything of them is read or done, so
 * that the others are answered in time and memory stays bounded.
 *
 * @param isFull whether this request is one too many
 * @throws ProtocolException unavailable, with `Retry-After`
 */
export const admission =
  (isFull: () => boolean): RequestHandler =>
  (request: Request, _response: Response, next: NextFunction): void => {
    if (isFull() && !request.path.startsWith(ALWAYS_ADMITTED)) throw unavailable();
    next();
  };
