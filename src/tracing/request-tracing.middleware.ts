import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Tracing } from './tracing.js';

/** Traces each request from here to the end of its answer. */
export const requestTracing =
  (tracing: Tracing): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): void => {
    const trace = tracing.startRequest(request.method, request.get('traceparent'));
    if (!trace) return next();
    request.context.trace = trace;
    // Emitted once for every answer, whole or cut off.
    response.on('close', () => {
      const { action, code } = request.context;
      trace.end({
        route: action?.path,
        status: response.statusCode,
        code,
        aborted: !response.writableFinished,
      });
    });
    trace.run(next);
  };
