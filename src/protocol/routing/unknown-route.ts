import type { Request, RequestHandler } from 'express';
import type { RequestLimiter } from '../limits/request-limiter.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';

/**
 * Comes last, for what nothing has answered.
 *
 * @throws ProtocolException no such route; after too many of these from an address, too many requests
 */
export const refuseUnknown =
  (limiter: RequestLimiter): RequestHandler =>
  async (request: Request): Promise<void> => {
    await limiter.countAddress('refusals', request);
    throw new ProtocolException(protocolFailures.noSuchRoute);
  };
