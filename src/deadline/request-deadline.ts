import { AsyncLocalStorage } from 'node:async_hooks';
import { ServiceUnavailableException } from '@nestjs/common';

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
