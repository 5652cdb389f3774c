import type { RequestListener } from 'node:http';
import type { Request } from 'express';

/** A target that HTTP allows and no route has. */
const NOWHERE = '*';

/**
 * Gives a request whose target cannot be read (`http://[::/`) one that leads nowhere, so that it is
 * answered, counted and logged like any other. Express' router would answer it in its own words,
 * before anything else has seen it.
 *
 * @param handle an application of Express whose classes the requests have already
 */
export const withReadableTarget =
  (handle: RequestListener): RequestListener =>
  (request, response) => {
    if (pathOf(request as Request) === null) request.url = NOWHERE;
    handle(request, response);
  };

/** The path as Express' router reads it, and remembers it; null where it finds none. */
function pathOf(request: Request): string | null {
  try {
    return request.path;
  } catch {
    return null;
  }
}
