import { type CallHandler, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { catchError, from, mergeMap, type Observable } from 'rxjs';
import { CallerResolver } from './caller-resolver.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';

/** Handles requests whose caller is known from memory only. */
@Injectable()
export class RecalledCaller {
  constructor(private readonly callers: CallerResolver) {}

  /**
   * Looks the caller up after all where the request fails, for it may have failed before the action
   * proved the session: that one has ended is told before a wrong parameter is. Where the proof failed
   * and the token is good, the token has a new session, and the action is done for that one.
   */
  handle(request: Request, next: CallHandler): Observable<unknown> {
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          from(this.lookUp(request, error)).pipe(mergeMap(() => next.handle())),
        ),
      );
  }

  /** @throws what the request is to fail with, unless it is to be handled again */
  private async lookUp(request: Request, error: unknown): Promise<void> {
    if (!(error instanceof ProtocolException)) throw error;
    const identity = await this.callers.identify(request);
    if (!identity) throw await this.callers.refusal(request);
    if (error.failure !== protocolFailures.notLoggedIn) throw error;
    request.context.identity = identity;
  }
}
