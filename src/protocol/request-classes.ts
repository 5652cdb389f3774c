import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

/** What Express gives its requests and answers for a prototype; its types do not know. */
interface Prototypes {
  request: object;
  response: object;
}

/**
 * Classes for a server's requests and answers, which are Express' own from the start. Express gives each
 * of them another prototype as it comes, unless it has that one already. An object whose prototype was
 * changed is slow in V8 for as long as it lives: that cost more than all of Express' own work.
 *
 * @param app an application whose requests all come from the server that is made with these classes
 */
export function requestClasses(app: Express) {
  const prototypes = app as unknown as Prototypes;
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
  Object.setPrototypeOf(ExpressRequest.prototype, prototypes.request);
  Object.setPrototypeOf(ExpressResponse.prototype, prototypes.response);
  prototypes.request = ExpressRequest.prototype;
  prototypes.response = ExpressResponse.prototype;
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}
