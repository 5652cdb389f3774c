import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { Database } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import { tooManyRequests } from '../../envelope/protocol.failures.js';

const TABLE = 'sxo_limited_use';

/** How often something may be done. */
export interface Rate {
  readonly uses: number;
  /** Length of the window in which so many uses are allowed. It begins with the first of them. */
  readonly seconds: number;
}

/** What rate-limiter-flexible asks of a `pg` client. */
interface Query {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/**
 * Limits what is costly or sends something, such as registrations and codes. Counts in PostgreSQL, so that a
 * restart forgets nothing and all instances count together. A use in a transaction is rolled back with it.
 */
@Injectable()
export class UseLimiter {
  private readonly counter: RateLimiterPostgres;

  constructor(database: Database, cleaner: ExpiredRowsCleaner) {
    this.counter = new RateLimiterPostgres({
      storeType: 'client',
      storeClient: {
        query: async ({ name, text, values }: Query) => ({
          rows: await database.run({ name, text }, values),
        }),
      },
      tableName: TABLE,
      // By a migration; and the cleaner removes what has expired.
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: '',
      // Not used: each use names its own rate.
      points: 1,
      duration: 1,
    });
    cleaner.keepClean(TABLE, 'expire', '(extract(epoch FROM now()) * 1000)::bigint');
  }

  /**
   * Counts a use.
   *
   * @param subject what is done and by or for whom, at most 300 characters, e.g.
   *   `registration:address:203.0.113.7`
   * @throws ProtocolException too many requests
   */
  async count(subject: string, { uses, seconds }: Rate): Promise<void> {
    const options = { customDuration: seconds };
    const { consumedPoints, msBeforeNext } = await this.counter.penalty(subject, 1, options);
    if (consumedPoints > uses) throw tooManyRequests(msBeforeNext / 1_000);
  }

  /** Forgets the uses of a subject. */
  async forget(subject: string): Promise<void> {
    await this.counter.delete(subject);
  }
}
