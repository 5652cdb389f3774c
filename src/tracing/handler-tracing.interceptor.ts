import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { Tracing } from './tracing.js';

/** Makes a handler, from the check of its parameters to its result, a span of its own. */
@Injectable()
export class HandlerTracingInterceptor implements NestInterceptor {
  constructor(private readonly tracing: Tracing) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = `${context.getClass().name}.${context.getHandler().name}`;
    return defer(() =>
      this.tracing.inSpan(name, 'internal', () =>
        lastValueFrom(next.handle(), { defaultValue: undefined }),
      ),
    );
  }
}
