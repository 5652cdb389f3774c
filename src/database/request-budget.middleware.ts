import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Database } from './database.js';

/** Bounds the time that a request may wait for the database, until it has its answer. */
export const requestBudget =
  (database: Database): RequestHandler =>
  (_request: Request, response: Response, next: NextFunction): void => {
    database.inRequest(() => response.writableEnded || response.destroyed, next);
  };
