import type { RequestHandler } from 'express';
import type { RequestLimiter } from './request-limiter.js';

/**
 * Counts reads that are no action, such as files, by address: whether the file exists or not, and before it is
 * looked for on a disk or in a bucket.
 *
 * @throws ProtocolException too many requests
 */
export const countRead =
  (limiter: RequestLimiter, limit: 'publicReads' | 'fileReads'): RequestHandler =>
  async (request, _response, next) => {
    await limiter.countAddress(limit, request);
    next();
  };
