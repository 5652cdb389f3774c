import type { RequestHandler } from 'express';
import { countedAddress } from './counted-caller.js';
import type { Limiter } from './limiter.js';

/**
 * Counts what is read without an action, by address, before it is looked for on a disk or in a bucket and
 * whether it exists or not.
 *
 * @throws ProtocolException too many requests
 */
export const countRead =
  (limiter: Limiter, limit: 'publicReads' | 'fileReads'): RequestHandler =>
  async (request, _response, next) => {
    await limiter.count(limit, countedAddress(request));
    next();
  };
