import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/** A user's row that nobody else can write. */
export interface RowLock {
  /** Waits until so many statements wait for the row. */
  awaited(statements: number): Promise<void>;
  /** Ends the connections of who waits for the row, as an administrator or a crash does. */
  terminateWaiting(): Promise<void>;
  /** Does something in the transaction that has the lock. */
  query(text: string, values?: unknown[]): Promise<void>;
  /** Gives the row free, and keeps what was done. */
  commit(): Promise<void>;
  /** Gives the row free as it was. */
  release(): Promise<void>;
}

const WAITING = `
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%sxo_user%'`;

/** Locks a user's row, so that requests which write it stay in flight. */
export async function lockRow(db: pg.Pool, userId: string): Promise<RowLock> {
  const holder = await db.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM sxo_user WHERE id = $1 FOR UPDATE', [userId]);
  const end = async (command: string) => {
    await holder.query(command);
    holder.release();
  };
  return {
    awaited: async (statements) => {
      while (((await db.query(WAITING)).rowCount ?? 0) < statements) await sleep(10);
    },
    terminateWaiting: async () => {
      await db.query(`SELECT pg_terminate_backend(pid) FROM (${WAITING}) waiting`);
    },
    query: async (text, values) => {
      await holder.query(text, values);
    },
    commit: () => end('COMMIT'),
    release: () => end('ROLLBACK'),
  };
}
