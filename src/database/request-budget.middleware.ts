import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Database } from './database.js';

/**
 * Bounds the time that a request may wait for the database, until it has its answer.
 *
 * @param isBounded whether its statements are so few that they are bounded by themselves, see
 *   `Statement.isHot`
 */
export const requestBudget =
  (database: Database, isBounded: (request: Request) => boolean): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): void => {
    if (isBounded(request) || response.destroyed) return next();
    void database.inRequest(
      () => response.writableEnded || response.destroyed,
      () =>
        new Promise<void>((resolve) => {
          response.once('close', resolve);
          next();
        }),
    );
  };
