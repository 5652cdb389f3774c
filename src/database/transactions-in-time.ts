import { type EntitySubscriberInterface, EventSubscriber } from 'typeorm';
import { refusePastDeadline } from '../deadline/request-deadline.js';

/**
 * Keeps every transaction from committing past its request's deadline: those of `Database`, and those
 * that a repository of TypeORM makes for itself, as `save` does outside of one.
 */
@EventSubscriber()
export class TransactionsInTime implements EntitySubscriberInterface {
  /** @throws DeadlineExceededException, upon which the transaction is rolled back */
  beforeTransactionCommit(): void {
    refusePastDeadline();
  }
}
