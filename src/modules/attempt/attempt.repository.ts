import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import type { AttemptStore } from './attempt-store.js';

/** The failures that still count, oldest first. */
const RECENT = `ARRAY(
  SELECT failure FROM unnest(a.failures) failure
  WHERE failure > now() - make_interval(secs => $3) ORDER BY failure)`;

/** Returns no row, and changes none, where the key has as many failures as it may. */
const TAKE: Statement = {
  name: 'attempt.take',
  text: `
    INSERT INTO sxo_attempt AS a (key, failures, expires_at)
    VALUES ($1, ARRAY[clock_timestamp()], clock_timestamp() + make_interval(secs => $3))
    ON CONFLICT ON CONSTRAINT pk_attempt DO UPDATE SET
      failures = ${RECENT} || excluded.failures,
      expires_at = excluded.expires_at
    WHERE cardinality(${RECENT}) < $2
    RETURNING a.failures[cardinality(a.failures)]::text AS place`,
};

/** A place is free again when the failure that is the limit's last counts no longer. */
const WAIT: Statement = {
  name: 'attempt.wait',
  text: `
    SELECT ceil(extract(epoch FROM failure + make_interval(secs => $3) - now()))::int AS seconds
    FROM sxo_attempt a, unnest(a.failures) failure
    WHERE a.key = $1
    ORDER BY failure DESC OFFSET $2 - 1 LIMIT 1`,
};

const GIVE_BACK: Statement = {
  name: 'attempt.give_back',
  text: `
    UPDATE sxo_attempt SET failures = array_remove(failures, $2::timestamptz) WHERE key = $1`,
};

const COUNT: Statement = {
  name: 'attempt.count',
  text: `
    SELECT count(*)::int AS failures
    FROM sxo_attempt a, unnest(a.failures) failure
    WHERE a.key = $1 AND failure > now() - make_interval(secs => $2)`,
};

const CLEAR: Statement = {
  name: 'attempt.clear',
  text: 'DELETE FROM sxo_attempt WHERE key = $1',
};

/** The failures in PostgreSQL. They survive restarts. */
@Injectable()
export class AttemptRepository implements AttemptStore {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_attempt', 'expires_at');
  }

  async take(key: Buffer, limit: number, windowSeconds: number): Promise<string | undefined> {
    const [taken] = await this.database.run<{ place: string }>(TAKE, [key, limit, windowSeconds]);
    return taken?.place;
  }

  async wait(key: Buffer, limit: number, windowSeconds: number): Promise<number> {
    const [last] = await this.database.run<{ seconds: number }>(WAIT, [key, limit, windowSeconds]);
    return Math.max(0, last?.seconds ?? 0);
  }

  async giveBack(key: Buffer, place: string): Promise<void> {
    await this.database.run(GIVE_BACK, [key, place]);
  }

  async count(key: Buffer, windowSeconds: number): Promise<number> {
    const [row] = await this.database.run<{ failures: number }>(COUNT, [key, windowSeconds]);
    return row?.failures ?? 0;
  }

  async clear(key: Buffer): Promise<void> {
    await this.database.run(CLEAR, [key]);
  }
}
