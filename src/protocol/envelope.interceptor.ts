import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { map, type Observable } from 'rxjs';
import { ActionMetadata } from './routing/action.decorators.js';
import { Envelope } from '../envelope/envelope.js';
import { type MessageKey, translate } from '../envelope/message-catalogue.js';
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
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.context.action?.plain) return next.handle();
    const message =
      this.reflector.get<MessageKey | undefined>(ActionMetadata.message, context.getHandler()) ??
      protocolMessages('success');
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
