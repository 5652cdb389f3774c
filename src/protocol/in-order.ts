import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Handlers as one, each called after the one before it said `next()`. Express would look for the next of
 * them among all that it knows, for every request.
 */
export function inOrder(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    let index = 0;
    const advance = (error?: unknown): void => {
      const handler = error === undefined ? handlers[index] : undefined;
      if (!handler) return next(error);
      index += 1;
      try {
        const done: unknown = handler(request, response, advance);
        if (done instanceof Promise) done.catch(next);
      } catch (thrown) {
        next(thrown);
      }
    };
    advance();
  };
}
