import { Injectable, Logger } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Database, type Statement } from './database.js';

/** Rows in one statement: none may take longer than a request's, for they share the time limit. */
export const BATCH_LENGTH = 1_000;

/** Removes a batch; rows that someone is just using are left for the next time. */
const deleteExpired = (table: string, column: string, until: string): Statement => ({
  name: `${table}.delete_expired`,
  text: `
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${table} WHERE ${column} <= ${until}
      LIMIT ${BATCH_LENGTH} FOR UPDATE SKIP LOCKED))
    RETURNING 1`,
});

/** Removes rows whose time is over, so that tables stay as small as what is going on. */
@Injectable()
export class ExpiredRowsCleaner {
  static readonly jobName = 'database.clean-up';

  private readonly logger = new Logger(ExpiredRowsCleaner.name);
  private readonly statements: Statement[] = [];

  constructor(private readonly database: Database) {}

  /**
   * Has a table's rows removed. For the constructor of its repository.
   *
   * @param column the time; indexed
   * @param until SQL: rows whose time is this or earlier are removed
   */
  keepClean(table: string, column: string, until = 'now()'): void {
    this.keepCleanBy(deleteExpired(table, column, until));
  }

  /**
   * Has rows removed by a statement, for a table whose time has no index.
   *
   * @param statement removes {@link BATCH_LENGTH} rows at most, and returns one for each
   */
  keepCleanBy(statement: Statement): void {
    this.statements.push(statement);
  }

  /** Several instances may do it at once. A failure is logged; the next time tries again. */
  @Cron(CronExpression.EVERY_10_MINUTES, {
    name: ExpiredRowsCleaner.jobName,
    waitForCompletion: true,
  })
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
