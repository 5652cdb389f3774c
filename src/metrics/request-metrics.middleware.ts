import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Metrics } from './metrics.js';

/** Counts and times each request. The raw path never becomes a label: anyone may send any. */
export const requestMetrics =
  (metrics: Metrics): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): void => {
    const answered = metrics.startRequest();
    // Emitted once for every answer, whole or cut off.
    response.on('close', () => {
      const { action, code } = request.context;
      answered({
        route: action?.path.slice(1) ?? 'unknown',
        code: code === undefined ? 'none' : String(code),
        status: response.writableFinished ? String(response.statusCode) : 'aborted',
      });
    });
    next();
  };
