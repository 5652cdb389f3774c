import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { ServerSettings } from '../config/server.settings.js';
import { answerUnavailable } from './client-error.js';
import { isUnread } from './connections.js';
import { unavailable } from '../envelope/protocol.failures.js';

/** Always answered: a service that is full is alive, and may well be ready. */
const ALWAYS_ADMITTED = '/health/';

/** Of those in flight, how many are looked at for an answer that is not read. */
const LOOKED_AT = 16;

/**
 * Refuses requests while there are too many in flight, so that the others are answered in time and
 * memory stays bounded.
 *
 * A request is in flight once its body has come whole, for until then it costs next to nothing but
 * what has come of it. Of those whose body is still coming there may be as many again; beyond that
 * the one that has been coming longest is refused for a new one, so that bodies which never come
 * whole keep nobody out.
 *
 * A request stays in flight until its answer is out, for until then that is in memory. Where there
 * is no place for a new one, a client that does not read what it is sent loses its connection. The
 * longest in flight are looked at: what the service itself has to do does not take long.
 */
@Injectable()
export class Admission {
  private readonly inFlight = new Set<Response>();
  /** The one that began first comes first. */
  private readonly coming = new Set<Response>();

  /** Requests in flight at a time. */
  private readonly limit: number;

  constructor({ maxRequestsInFlight }: ServerSettings) {
    this.limit = maxRequestsInFlight;
  }

  /**
   * Comes before anything of a request is read or done.
   *
   * @throws ProtocolException unavailable, with `Retry-After`
   */
  readonly atHead: RequestHandler = (request, response, next) => {
    this.refuseBeyond(request);
    response.once('close', () => {
      this.inFlight.delete(response);
      this.coming.delete(response);
    });
    if (hasBody(request)) this.await(response);
    else this.inFlight.add(response);
    next();
  };

  /**
   * To be called when the body of a request has come whole, before anything is done for it.
   *
   * @returns false where it was answered as failed meanwhile, here or on the socket
   * @throws ProtocolException unavailable, with `Retry-After`
   */
  admit(request: Request, response: Response): boolean {
    if (response.headersSent || !request.socket.writable) return false;
    if (this.coming.has(response)) {
      this.refuseBeyond(request);
      this.coming.delete(response);
      this.inFlight.add(response);
    }
    return true;
  }

  private refuseBeyond({ path }: Request): void {
    while (this.inFlight.size >= this.limit && !path.startsWith(ALWAYS_ADMITTED)) {
      if (!this.giveUpUnread()) throw unavailable();
    }
  }

  private giveUpUnread(): boolean {
    let looked = 0;
    for (const response of this.inFlight) {
      const { socket } = response.req;
      if (isUnread(socket)) {
        socket.destroy();
        return this.inFlight.delete(response);
      }
      if (++looked === LOOKED_AT) break;
    }
    return false;
  }

  private await(response: Response): void {
    this.coming.add(response);
    const [first] = this.coming;
    if (!first || this.coming.size <= this.limit) return;
    this.coming.delete(first);
    if (!first.headersSent) answerUnavailable(first);
  }
}

/** Whether a request has a body, be it an empty one. */
export const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
