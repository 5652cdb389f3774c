import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

/**
 * One line for each request: its id, route, code, user and milliseconds, and its trace where there is
 * one. Neither the URL, which may
 * hold a token, nor headers or bodies are ever written.
 */
export const requestLog =
  (logger: Logger): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): void => {
    const start = performance.now();
    // Emitted once for every answer, whole or cut off.
    response.on('close', () => {
      const { requestId, trace, action, code, identity } = request.context;
      const line = {
        request_id: requestId,
        ...(trace && { trace_id: trace.traceId }),
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
