import type { IncomingMessage, ServerResponse } from 'node:http';

/** The answers to requests whose body waits, with what their connection was to do after them. */
const waiting = new WeakMap<ServerResponse, boolean>();

/**
 * Makes the body of an `Expect: 100-continue` wait until it is asked for. For the server's
 * `checkContinue` event.
 *
 * An answer without that ends the connection: what comes next could be the body or a request.
 *
 * @param handle what handles every request
 */
export const holdBody =
  (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    waiting.set(response, response.shouldKeepAlive);
    response.shouldKeepAlive = false;
    handle(request, response);
  };

/** Asks for the body, where it waits; to be called before it is read. */
export function inviteBody(response: ServerResponse): void {
  const shouldKeepAlive = waiting.get(response);
  if (shouldKeepAlive === undefined) return;
  waiting.delete(response);
  response.shouldKeepAlive = shouldKeepAlive;
  response.writeContinue();
}
