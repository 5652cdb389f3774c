import {
  type ArgumentsHost,
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import {
  malformedBody,
  noSuchRoute,
  notLoggedIn,
  Refusal,
  refused,
  unexpected,
} from '../shared/failures.mjs';
import { logger } from '../shared/request-log.mjs';
import type { AuthenticatedRequest } from './auth.guard.js';

/** Metadata key of a handler's success message. */
export const MESSAGE = 'message';

@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const msg = this.reflector.get<string | undefined>(MESSAGE, context.getHandler()) ?? 'success';
    return next.handle().pipe(
      map((data: unknown) => {
        response.locals.code = 0;
        return { msg, code: 0, data };
      }),
    );
  }
}

@Catch()
export class EnvelopeFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const { requestId } = http.getRequest<AuthenticatedRequest>();
    const refusal = refusalOf(error, requestId);
    response.locals.code = refusal.code;
    response.status(refusal.status).json(refused(refusal));
  }
}

function refusalOf(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof HttpException ? error.getStatus() : 500;
  if (status === 401) return notLoggedIn();
  if (status === 404) return noSuchRoute();
  if (status === 422 && error instanceof HttpException) return new Refusal(-1, error.message);
  if (status === 400) return malformedBody();
  logger.error({ request_id: requestId, err: error }, 'unexpected error');
  return unexpected(requestId);
}
