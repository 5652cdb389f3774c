import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Action, ActionTable } from './action-table.js';
import { countedAddress } from './limits/counted-caller.js';
import type { Limiter } from './limits/limiter.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';

const ENTRY_SCRIPT = '/api.php';

/**
 * Finds the action of a request before anything else of it is read, and gives Nest's router the
 * action's own path. ShopXO's clients name an action in three ways: `/personal/save`,
 * `/api.php?s=personal/save` and `/api.php/personal/save`; in the last two in any case, with a
 * leading slash or a trailing `.html`.
 *
 * @throws ProtocolException no such route, or not by this method; after too many of these from an
 *   address, too many requests
 */
export const actionRouter =
  (actions: ActionTable, limiter: Limiter): RequestHandler =>
  async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    const action = findAction(actions, request);
    request.context.action = action;
    if (!action?.methods.includes(request.method)) {
      await limiter.count('refusals', countedAddress(request));
      throw action
        ? methodNotAllowed(request.method, action)
        : new ProtocolException(protocolFailures.noSuchRoute);
    }
    request.url = action.path + remainingQuery(request.url);
    next();
  };

function methodNotAllowed(method: string, { methods }: Action): ProtocolException {
  const allowed = methods.join(', ');
  return new ProtocolException(
    protocolFailures.methodNotAllowed,
    { method, allowed },
    { Allow: allowed },
  );
}

function findAction(actions: ActionTable, request: Request): Action | undefined {
  const { path } = request;
  if (path === ENTRY_SCRIPT) return findNamed(actions, request.context.query.s);
  if (path.startsWith(`${ENTRY_SCRIPT}/`)) {
    return findNamed(actions, path.slice(ENTRY_SCRIPT.length + 1));
  }
  return actions.find(path);
}

function findNamed(actions: ActionTable, name: unknown): Action | undefined {
  if (typeof name !== 'string') return undefined;
  const bare = name.replace(/^\//, '').replace(/\.html$/i, '');
  return actions.findFolded(`/${bare}`);
}

/** The query string without the entry script's own parameter, its `?` included. */
function remainingQuery(url: string): string {
  const question = url.indexOf('?');
  if (question < 0) return '';
  const pairs = url.slice(question + 1).split('&');
  const others = pairs.filter((pair) => pair !== '' && !pair.startsWith('s='));
  return others.length > 0 ? `?${others.join('&')}` : '';
}
