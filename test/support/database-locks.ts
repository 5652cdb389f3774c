import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';

/** Waits until a statement waits for a lock that another transaction has. */
export async function lockAwaited(db: pg.Pool): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows[0]!.waiting > 0) return;
    await setTimeout(5);
  }
}
