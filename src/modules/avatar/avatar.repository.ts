import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { liveAccount } from '../personal/live-account.js';

const LOCK_OWNER: Statement = {
  name: 'avatar.lock_owner',
  text: `
    SELECT u.id FROM sxo_user u
    WHERE u.id = $1 AND ${liveAccount('u')}
    FOR NO KEY UPDATE`,
};

/** The newest but $2 - 1 picture of the last hour: when it is an hour old, there is room again. */
const SECONDS_TO_WAIT: Statement = {
  name: 'avatar.seconds_to_wait',
  text: `
    SELECT greatest(1, ceil(extract(epoch FROM add_time + interval '1 hour' - now())))::int AS seconds
    FROM sxo_user_avatar
    WHERE user_id = $1 AND add_time > now() - interval '1 hour'
    ORDER BY add_time DESC
    OFFSET $2::int - 1 LIMIT 1`,
};

const INSERT: Statement = {
  name: 'avatar.insert',
  text: 'INSERT INTO sxo_user_avatar (path, user_id) VALUES ($1, $2)',
};

/** The last path of the next page after $1, whose length is $2; null after the last page. */
const PAGE_END: Statement = {
  name: 'avatar.page_end',
  text: `
    SELECT max(page.path) AS path
    FROM (SELECT path FROM sxo_user_avatar WHERE path > $1 ORDER BY path LIMIT $2) page`,
};

const UNUSED = `
  NOT EXISTS (SELECT FROM sxo_user u WHERE u.id = a.user_id AND u.avatar = a.path)`;

/** Those that a save is just taking into use are left to it. */
const LOCK_UNUSED: Statement = {
  name: 'avatar.lock_unused',
  text: `
    SELECT a.path FROM sxo_user_avatar a
    WHERE a.path > $1 AND a.path <= $2
      AND a.add_time < now() - make_interval(hours => $3)
      AND ${UNUSED}
    FOR UPDATE SKIP LOCKED`,
};

const DELETE_UNUSED: Statement = {
  name: 'avatar.delete_unused',
  text: `
    DELETE FROM sxo_user_avatar a WHERE a.path = ANY($1) AND ${UNUSED} RETURNING a.path`,
};

/** What became of recording an upload. */
export type Recorded = 'recorded' | 'account ended' | { readonly secondsToWait: number };

/** The avatar table's only writer. */
@Injectable()
export class AvatarRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined where the user may upload at once */
  async secondsToWait(userId: string, perHour: number): Promise<number | undefined> {
    const [row] = await this.database.run<{ seconds: number }>(SECONDS_TO_WAIT, [userId, perHour]);
    return row?.seconds;
  }

  /** Records a stored picture, unless the user has had as many as an hour allows. */
  async record(path: string, userId: string, perHour: number): Promise<Recorded> {
    return this.database.transaction(async () => {
      // Uploads of one user count one after another; each statement sees what was committed before it.
      const owner = await this.database.run(LOCK_OWNER, [userId]);
      if (owner.length === 0) return 'account ended';
      const secondsToWait = await this.secondsToWait(userId, perHour);
      if (secondsToWait !== undefined) return { secondsToWait };
      await this.database.run(INSERT, [path, userId]);
      return 'recorded';
    });
  }

  /** @returns the end of the page after `start`, undefined after the last */
  async pageEnd(start: string, length: number): Promise<string | undefined> {
    const [row] = await this.database.run<{ path: string | null }>(PAGE_END, [start, length]);
    return row?.path ?? undefined;
  }

  /**
   * Forgets the pictures of a page (after `start`, up to `end`) that are older than so many hours
   * and that no profile uses.
   *
   * A save locks the picture that it takes into use. One that came first is skipped, or has been
   * committed and is seen by the second statement; one that comes later waits and then finds the
   * picture gone. So no profile is left with a picture that was removed.
   *
   * @returns their paths
   */
  async deleteUnused(start: string, end: string, hours: number): Promise<string[]> {
    return this.database.transaction(async () => {
      const locked = await this.database.run<{ path: string }>(LOCK_UNUSED, [start, end, hours]);
      if (locked.length === 0) return [];
      const paths = locked.map(({ path }) => path);
      const deleted = await this.database.run<{ path: string }>(DELETE_UNUSED, [paths]);
      return deleted.map(({ path }) => path);
    });
  }
}
