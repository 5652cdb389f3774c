import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { readPublicParameters } from './public-parameters.js';

/** Checks the public parameters after the token and before the endpoint's own parameters. */
@Injectable()
export class PublicParametersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (!request.context.action?.plain) {
      request.context.publicParameters = readPublicParameters(request);
    }
    return next.handle();
  }
}
