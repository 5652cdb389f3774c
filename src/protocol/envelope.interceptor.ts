import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Request } from 'express';
import { map, type Observable } from 'rxjs';
import { Envelope } from '../envelope/envelope.js';
import { translate } from '../envelope/message-catalogue.js';
import { ResultCode } from '../envelope/protocol.exception.js';
import { protocolMessages } from '../envelope/protocol.failures.js';
import { languageOf } from './request/request-context.js';

/**
 * Wraps what a controller returns in `{ msg, code: 0, data }`, in the request's language; `data` is
 * `""` where it returns nothing. Nest's
 * `StreamableFile`, for an action whose success is a picture, goes out as it is; its failures are
 * envelopes like all others.
 */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    const { action } = request.context;
    if (action?.plain) return next.handle();
    const message = action?.message ?? protocolMessages('success');
    return next.handle().pipe(
      map((data: unknown) => {
        request.context.code = ResultCode.success;
        if (data instanceof StreamableFile) return data;
        const text = translate(languageOf(request), message);
        return new Envelope(text, ResultCode.success, data === undefined ? '' : data);
      }),
    );
  }
}
