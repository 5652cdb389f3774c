import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  ServiceUnavailableException,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Observable } from 'rxjs';
import { DatabaseSettings } from '../config/database.settings.js';

/** A point in time on the clock of `performance.now()`, in milliseconds. */
const deadlines = new AsyncLocalStorage<number>();

/** The request's time is used up. The client has its -503 by then, or gets it. */
export class DeadlineExceededException extends ServiceUnavailableException {
  override readonly name = 'DeadlineExceededException';

  constructor() {
    super('The deadline of the request has passed');
  }
}

/**
 * Runs the work of a request. {@link refusePastDeadline} knows the deadline in everything that the work
 * calls and awaits.
 *
 * @param deadline as `performance.now()` tells time
 */
export const withDeadline = <Result>(deadline: number, work: () => Result): Result =>
  deadlines.run(deadline, work);

/**
 * Called before a step that must not happen once the client was told that the request failed, such as a
 * commit. Outside of a request there is no deadline.
 *
 * @throws DeadlineExceededException
 */
export function refusePastDeadline(): void {
  const deadline = deadlines.getStore();
  if (deadline !== undefined && performance.now() >= deadline)
    throw new DeadlineExceededException();
}

const TIME_LIMIT = 'deadline:seconds';

/**
 * Gives an action more time than `DATABASE_REQUEST_TIMEOUT_MS`, for work that waits for something slower
 * than the database, such as the decoding of a picture.
 */
export const TimeLimit = (seconds: number): MethodDecorator => SetMetadata(TIME_LIMIT, seconds);

/**
 * Answers -503 when an action has not answered by its deadline. What the action goes on to do is ended by
 * the limits of the database's statements, and no transaction commits past the deadline.
 */
@Injectable()
export class DeadlineInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly settings: DatabaseSettings,
  ) {}

  /** @throws DeadlineExceededException through the observable */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const limitMs = this.limitOf(context);
    const deadline = performance.now() + limitMs;
    return new Observable((subscriber) => {
      const timer = setTimeout(() => subscriber.error(new DeadlineExceededException()), limitMs);
      subscriber.add(() => clearTimeout(timer));
      withDeadline(deadline, () => next.handle().subscribe(subscriber));
    });
  }

  private limitOf(context: ExecutionContext): number {
    const seconds = this.reflector.get<number | undefined>(TIME_LIMIT, context.getHandler());
    return seconds === undefined ? this.settings.requestTimeoutMs : seconds * 1_000;
  }
}
