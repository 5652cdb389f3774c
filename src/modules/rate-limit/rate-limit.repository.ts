import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';

/** One more use of subject $1, of which $2 are allowed in $3 seconds. No row: not allowed. */
const USE: Statement = {
  name: 'rate_limit.use',
  text: `
    INSERT INTO sxo_rate_limit AS r (subject, uses, until_time)
    VALUES ($1, 1, now() + make_interval(secs => $3))
    ON CONFLICT ON CONSTRAINT pk_rate_limit DO UPDATE SET
      uses = CASE WHEN r.until_time <= now() THEN 1 ELSE r.uses + 1 END,
      until_time = CASE WHEN r.until_time <= now() THEN EXCLUDED.until_time ELSE r.until_time END
    WHERE r.until_time <= now() OR r.uses < $2
    RETURNING uses`,
};

const SECONDS_LEFT: Statement = {
  name: 'rate_limit.seconds_left',
  text: `
    SELECT greatest(1, ceil(extract(epoch FROM until_time - now())))::integer AS seconds
    FROM sxo_rate_limit WHERE subject = $1`,
};

/** How often something may be done. */
export interface Rate {
  readonly uses: number;
  /** Length of the period in which so many uses are allowed. */
  readonly seconds: number;
}

/** Counts in the database, so that a restart forgets nothing and all instances count together. */
@Injectable()
export class RateLimitRepository {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_rate_limit', 'until_time');
  }

  /**
   * Counts a use, unless there were enough.
   *
   * @returns seconds to wait where it is not allowed, else 0
   */
  async use(subject: string, { uses, seconds }: Rate): Promise<number> {
    const used = await this.database.run(USE, [subject, uses, seconds]);
    if (used.length > 0) return 0;
    const [left] = await this.database.run<{ seconds: number }>(SECONDS_LEFT, [subject]);
    return left?.seconds ?? 1;
  }
}
