import type { NextFunction, Request, Response } from 'express';

const ENTRY_SCRIPT = '/api.php';

/** The parts of a route that ShopXO's clients write in any case: its controller and its action. */
const FOLDED_SEGMENTS = 2;

/**
 * Gives the router the path that a request means. ShopXO's clients name an action in three ways:
 * `/personal/save`, `/api.php?s=personal/save` and `/api.php/personal/save`; in the last two in any case
 * and with a trailing `.html`. Slashes may be doubled, or stand at the end, as clients write them that
 * join a base URL and a path. The query string stays as it is.
 */
export function entryScript(request: Request, _response: Response, next: NextFunction): void {
  const path = tidy(request.path);
  const named = nameIn(path, request.context.query.s);
  request.context.isEntryScript = named !== undefined;
  const meant = named === undefined ? path : pathOf(named);
  if (meant !== request.path) request.url = meant + request.url.slice(request.path.length);
  next();
}

/** What a request to the entry script names, with its slashes and percent signs; undefined for others. */
function nameIn(path: string, parameter: unknown): string | undefined {
  if (path.startsWith(`${ENTRY_SCRIPT}/`)) return path.slice(ENTRY_SCRIPT.length);
  if (path !== ENTRY_SCRIPT) return undefined;
  if (typeof parameter !== 'string') return '';
  return parameter.split('/').map(encodeURIComponent).join('/');
}

function pathOf(name: string): string {
  const segments = tidy(`/${name}`)
    .replace(/\.html$/i, '')
    .split('/')
    .slice(1);
  return segments
    .map((segment, index) => `/${index < FOLDED_SEGMENTS ? segment.toLowerCase() : segment}`)
    .join('');
}

/** A path with single slashes, and none at its end. */
const tidy = (path: string): string => path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
