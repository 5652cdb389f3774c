import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { PAGE_POLICY } from './agreement-page.view.js';

/** Gives a page, which is no envelope, headers of a page. */
@Injectable()
export class AgreementPageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      tap((answer) => {
        if (!(answer instanceof StreamableFile)) return;
        response.setHeader('Content-Security-Policy', PAGE_POLICY);
        // The policy's `frame-ancestors` is its successor, and permits what this forbids.
        response.removeHeader('X-Frame-Options');
      }),
    );
  }
}
