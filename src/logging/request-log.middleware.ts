import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { AddressDetail } from '../config/log.settings.js';
import { addressField } from './logged-address.js';

/**
 * Writes one line for each request: its id, route, code, user, milliseconds and client address, and its
 * trace where there is one. Neither the URL, which may hold a token, nor headers or bodies are ever
 * written.
 *
 * @param addressOf the client's network address, as far as `TRUST_PROXY` believes it
 */
export const requestLog =
  (
    logger: Logger,
    detail: AddressDetail,
    addressOf: (request: Request) => string,
  ): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    // Read now: a socket that is closed has no address any more.
    const address = addressOf(request);
    // Emitted once for every answer, whole or cut off.
    response.on('close', () => {
      const { requestId, trace, action, code, identity } = request.context;
      const line = {
        request_id: requestId,
        ...(trace && { trace_id: trace.traceId }),
        ...addressField(address, detail),
        method: request.method,
        route: action?.path ?? null,
        status: response.statusCode,
        code: code ?? null,
        user_id: identity?.userId ?? null,
        ms: Math.round((performance.now() - start) * 100) / 100,
        ...(!response.writableFinished && { aborted: true }),
      };
      if (response.statusCode >= 500) logger.warn(line, 'request');
      else logger.info(line, 'request');
    });
    next();
  };
