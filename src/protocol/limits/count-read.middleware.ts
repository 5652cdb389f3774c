import type { RequestHandler } from 'express';
import { countedAddress } from './counted-caller.js';
import type { Limiter } from './limiter.js';

/**
 * Counts what is read without an action, such as files, as a public read of the address.
 *
 * @throws ProtocolException too many requests
 */
export const countRead =
  (limiter: Limiter): RequestHandler =>
  async (request, _response, next) => {
    await limiter.count('publicReads', countedAddress(request));
    next();
  };
