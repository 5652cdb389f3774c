import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { countedAddress } from '../limits/counted-request.js';
import type { Limiter } from '../limits/limiter.js';
import type { Action, ActionTable } from './action-table.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';

const ENTRY_SCRIPT = '/api.php';

/**
 * Finds the action of a request before anything else of it is read. ShopXO's clients name an action in
 * three ways: `/personal/save`, `/api.php?s=personal/save` and `/api.php/personal/save`; in the last two
 * in any case and with a trailing `.html`. Slashes may be doubled, or stand at the end, as clients
 * write them that join a base URL and a path.
 */
export const findAction =
  (actions: ActionTable): RequestHandler =>
  (request: Request, _response: Response, next: NextFunction): void => {
    request.context.action = actionOf(actions, request);
    next();
  };

/** Handles requests that name an action; others go on to what comes after. */
export const onAction =
  (handler: RequestHandler): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): unknown =>
    request.context.action ? handler(request, response, next) : next();

/**
 * @throws ProtocolException method not allowed; after too many of these from an address, too many
 *   requests
 */
export const requireMethod =
  (limiter: Limiter): RequestHandler =>
  async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    const { action } = request.context;
    if (action && !action.methods.includes(request.method)) {
      await limiter.count('refusals', countedAddress(request));
      throw methodNotAllowed(request.method, action);
    }
    next();
  };

/**
 * Comes last, for what nothing has answered.
 *
 * @throws ProtocolException no such route; after too many of these from an address, too many requests
 */
export const refuseUnknown =
  (limiter: Limiter): RequestHandler =>
  async (request: Request): Promise<void> => {
    await limiter.count('refusals', countedAddress(request));
    throw new ProtocolException(protocolFailures.noSuchRoute);
  };

function methodNotAllowed(method: string, { methods }: Action): ProtocolException {
  const allowed = methods.join(', ');
  return new ProtocolException(
    protocolFailures.methodNotAllowed,
    { method, allowed },
    { Allow: allowed },
  );
}

function actionOf(actions: ActionTable, request: Request): Action | undefined {
  const path = tidy(request.path);
  if (path === ENTRY_SCRIPT) return findNamed(actions, request.context.query.s);
  if (path.startsWith(`${ENTRY_SCRIPT}/`)) {
    return findNamed(actions, path.slice(ENTRY_SCRIPT.length));
  }
  return actions.find(path);
}

function findNamed(actions: ActionTable, name: unknown): Action | undefined {
  if (typeof name !== 'string') return undefined;
  return actions.findFolded(tidy(`/${name}`).replace(/\.html$/i, ''));
}

/** A path with single slashes, and none at its end. */
const tidy = (path: string): string => path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
