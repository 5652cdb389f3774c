import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { liveAccount } from '../personal/live-account.js';
import { PictureUses } from './picture-uses.js';

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
  text: 'INSERT INTO sxo_user_avatar (path, user_id, is_stored) VALUES ($1, $2, false)',
};

const MARK_STORED: Statement = {
  name: 'avatar.mark_stored',
  text: 'UPDATE sxo_user_avatar SET is_stored = true WHERE path = $1',
};

/** The last path of the next page after $1, whose length is $2; null after the last page. */
const PAGE_END: Statement = {
  name: 'avatar.page_end',
  text: `
    SELECT max(page.path) AS path
    FROM (SELECT path FROM sxo_user_avatar WHERE path > $1 ORDER BY path LIMIT $2) page`,
};

/**
 * Those that a save is just taking into use are left to it.
 *
 * @param unused SQL: the picture `a` is in no use
 */
const lockUnused = (unused: string): Statement => ({
  name: 'avatar.lock_unused',
  text: `
    SELECT a.path FROM sxo_user_avatar a
    WHERE a.path > $1 AND a.path <= $2
      AND a.add_time < now() - make_interval(hours => $3)
      AND ${unused}
    FOR UPDATE SKIP LOCKED`,
});

const retireUnused = (unused: string): Statement => ({
  name: 'avatar.retire_unused',
  text: `
    UPDATE sxo_user_avatar a SET is_stored = false WHERE a.path = ANY($1) AND ${unused}
    RETURNING a.path`,
});

const FORGET: Statement = {
  name: 'avatar.forget',
  text: 'DELETE FROM sxo_user_avatar WHERE path = ANY($1) AND NOT is_stored',
};

/** What became of recording an upload. */
export type Recorded = 'recorded' | 'account ended' | { readonly secondsToWait: number };

/** The avatar table's only writer. */
@Injectable()
export class AvatarRepository {
  constructor(
    private readonly database: Database,
    private readonly uses: PictureUses,
  ) {}

  /**
   * Records a picture that is going to be stored, unless the user has had as many as an hour allows.
   * No profile can take it into use before it is marked as stored.
   */
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

  /** Lets the user's profile take a picture into use. */
  async markStored(path: string): Promise<void> {
    await this.database.run(MARK_STORED, [path]);
  }

  /** @returns the end of the page after `start`, undefined after the last */
  async pageEnd(start: string, length: number): Promise<string | undefined> {
    const [row] = await this.database.run<{ path: string | null }>(PAGE_END, [start, length]);
    return row?.path ?? undefined;
  }

  /**
   * Keeps from use the pictures of a page (after `start`, up to `end`) that are older than so many
   * hours and that nothing uses; those that never were for use, or not any more, are among them.
   *
   * A save locks the picture that it takes into use. One that came first is skipped, or has been
   * committed and is seen by the second statement; one that comes later waits and then finds the
   * picture out of use. So nothing is left with a picture that was removed.
   *
   * @returns their paths
   */
  async retireUnused(start: string, end: string, hours: number): Promise<string[]> {
    const unused = this.uses.unused('a');
    return this.database.transaction(async () => {
      const locked = await this.database.run<{ path: string }>(lockUnused(unused), [
        start,
        end,
        hours,
      ]);
      if (locked.length === 0) return [];
      const paths = locked.map(({ path }) => path);
      const retired = await this.database.run<{ path: string }>(retireUnused(unused), [paths]);
      return retired.map(({ path }) => path);
    });
  }

  /** Forgets pictures that were retired and whose files are gone. */
  async forget(paths: string[]): Promise<void> {
    await this.database.run(FORGET, [paths]);
  }

  /** @returns undefined where the user may upload at once */
  private async secondsToWait(userId: string, perHour: number): Promise<number | undefined> {
    const [row] = await this.database.run<{ seconds: number }>(SECONDS_TO_WAIT, [userId, perHour]);
    return row?.seconds;
  }
}
