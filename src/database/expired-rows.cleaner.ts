import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Database, type Statement } from './database.js';

/** Rows in one statement: none may take longer than a request's, for they share the time limit. */
const BATCH_LENGTH = 1_000;

/** What a column's time is: an instant, or milliseconds since 1970. */
type TimeUnit = 'instant' | 'milliseconds';

const NOW: Readonly<Record<TimeUnit, string>> = {
  instant: 'now()',
  milliseconds: '(extract(epoch FROM now()) * 1000)::bigint',
};

/** Removes a batch; rows that someone is just using are left for the next time. */
const deleteExpired = (table: string, column: string, unit: TimeUnit): Statement => ({
  name: `${table}.delete_expired`,
  text: `
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${table} WHERE ${column} <= ${NOW[unit]}
      LIMIT ${BATCH_LENGTH} FOR UPDATE SKIP LOCKED))
    RETURNING 1`,
});

/** Keeps tables whose rows are good until a time as small as what is going on. */
@Injectable()
export class ExpiredRowsCleaner {
  private readonly logger = new Logger(ExpiredRowsCleaner.name);
  private readonly statements: Statement[] = [];

  constructor(private readonly database: Database) {}

  /**
   * Has a table's rows removed when their time has passed. For the constructor of its repository.
   *
   * @param column the time; indexed
   */
  keepClean(table: string, column: string, unit: TimeUnit = 'instant'): void {
    this.statements.push(deleteExpired(table, column, unit));
  }

  /** Several instances may do it at once. A failure is logged; the next time tries again. */
  @Cron(CronExpression.EVERY_10_MINUTES, { waitForCompletion: true })
  async clean(): Promise<void> {
    for (const statement of this.statements) {
      try {
        while ((await this.database.run(statement, [])).length === BATCH_LENGTH);
      } catch (error) {
        this.logger.error({ msg: 'expired rows were not removed', by: statement.name, err: error });
      }
    }
  }
}
