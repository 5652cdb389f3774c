import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import { catchError, from, mergeMap, type Observable } from 'rxjs';
import { CallerResolver } from './caller-resolver.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';

/**
 * Looks a recalled caller up after all where its request fails, for the failure may come before the
 * action's proof: that a session has ended is told before a wrong parameter is. Where the proof failed
 * and the token is good, the token has a new session, and the action is done for that one.
 */
@Injectable()
export class RecalledCallerInterceptor implements NestInterceptor {
  constructor(private readonly callers: CallerResolver) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (!request.context.recalled) return next.handle();
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
