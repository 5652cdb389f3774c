import {
  type EntitySubscriberInterface,
  EventSubscriber,
  type TransactionStartEvent,
} from 'typeorm';

/** Frees every transaction of a data source from time limits that a role or a pooler sets. */
@EventSubscriber()
export class UnlimitedTransactions implements EntitySubscriberInterface {
  async afterTransactionStart({ queryRunner }: TransactionStartEvent): Promise<void> {
    await queryRunner.query('SET LOCAL statement_timeout = 0');
    await queryRunner.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  }
}
