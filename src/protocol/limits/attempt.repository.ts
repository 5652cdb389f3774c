import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { ExpiredRowsCleaner } from '../../database/expired-rows.cleaner.js';
import type { AttemptStore } from './attempt-store.js';

/** The failures in the window, oldest first. */
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

const WAITS: Statement = {
  name: 'attempt.waits',
  text: `
    SELECT ceil(extract(epoch FROM failure + make_interval(secs => $2) - now()))::int AS seconds
    FROM sxo_attempt a, unnest(a.failures) failure
    WHERE a.key = $1 AND failure > now() - make_interval(secs => $2)
    ORDER BY failure DESC`,
};

const GIVE_BACK: Statement = {
  name: 'attempt.give_back',
  text: `
    UPDATE sxo_attempt SET failures = array_remove(failures, $2::timestamptz) WHERE key = $1`,
};

const CLEAR: Statement = {
  name: 'attempt.clear',
  text: 'DELETE FROM sxo_attempt WHERE key = $1',
};

/** The failures in PostgreSQL, where they survive a restart. */
@Injectable()
export class AttemptRepository implements AttemptStore {
  constructor(
    private readonly database: Database,
    cleaner: ExpiredRowsCleaner,
  ) {
    cleaner.keepClean('sxo_attempt', 'expires_at');
  }

  /** @throws Error inside a transaction, which would roll the failure back */
  async take(key: Buffer, limit: number, windowSeconds: number): Promise<string | undefined> {
    this.database.refuseTransaction('Counting an attempt');
    const [taken] = await this.database.run<{ place: string }>(TAKE, [key, limit, windowSeconds]);
    return taken?.place;
  }

  async waits(key: Buffer, windowSeconds: number): Promise<number[]> {
    const rows = await this.database.run<{ seconds: number }>(WAITS, [key, windowSeconds]);
    return rows.map(({ seconds }) => seconds);
  }

  async giveBack(key: Buffer, place: string): Promise<void> {
    await this.database.run(GIVE_BACK, [key, place]);
  }

  async clear(key: Buffer): Promise<void> {
    await this.database.run(CLEAR, [key]);
  }
}
