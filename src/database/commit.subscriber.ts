import type pg from 'pg';
import { type AfterQueryEvent, type EntitySubscriberInterface, EventSubscriber } from 'typeorm';
import { refusePastDeadline } from '../deadline/deadline.js';

/**
 * Lets a commit be a success only where it is one, both for the transactions of `Database` and for those
 * that a `save` of TypeORM makes for itself outside of one.
 */
@EventSubscriber()
export class CommitSubscriber implements EntitySubscriberInterface {
  /** @throws DeadlineExceededException, upon which the transaction is rolled back */
  beforeTransactionCommit(): void {
    refusePastDeadline();
  }

  /**
   * Where a statement failed and the work went on regardless, PostgreSQL rolls back, and says so in the
   * answer to COMMIT only, which TypeORM does not look at.
   *
   * @throws Error
   */
  afterQuery({ query, rawResults }: AfterQueryEvent): Promise<void> {
    const result = rawResults as pg.QueryResult | undefined;
    return query === 'COMMIT' && result?.command === 'ROLLBACK'
      ? Promise.reject(new Error('a transaction was rolled back instead of committed'))
      : Promise.resolve();
  }
}
