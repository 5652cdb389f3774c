import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../../database/database.js';
import { liveAccount } from '../personal/live-account.js';
import { LiveAccountRepository } from '../personal/live-account.repository.js';
import { PictureUses } from './picture-uses.js';

/** The newest but $2 - 1 picture of the last hour, sealed or public as $3 is a key or null: when it is an hour old, there is room again. */
const SECONDS_TO_WAIT: Statement = {
  name: 'avatar.seconds_to_wait',
  text: `
    SELECT greatest(1, ceil(extract(epoch FROM add_time + interval '1 hour' - now())))::int AS seconds
    FROM sxo_user_avatar
    WHERE user_id = $1 AND add_time > now() - interval '1 hour'
      AND (key_id IS NULL) = ($3::text IS NULL) AND source IS NULL
    ORDER BY add_time DESC
    OFFSET $2::int - 1 LIMIT 1`,
};

const INSERT: Statement = {
  name: 'avatar.insert',
  text: `
    INSERT INTO sxo_user_avatar (path, user_id, is_stored, key_id, source)
    VALUES ($1, $2, false, $3, $4)`,
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

const NAMED: Statement = {
  name: 'avatar.named',
  text: 'SELECT path FROM sxo_user_avatar WHERE path = ANY($1)',
};

const FIND_SEALED: Statement = {
  name: 'avatar.find_sealed',
  text: `
    SELECT a.user_id FROM sxo_user_avatar a
    JOIN sxo_user u ON u.id = a.user_id AND ${liveAccount('u')}
    WHERE a.path = $1 AND a.is_stored AND a.key_id IS NOT NULL`,
};

const FIND_MADE_OF: Statement = {
  name: 'avatar.find_made_of',
  text: `
    SELECT path FROM sxo_user_avatar
    WHERE user_id = $1 AND source = $2 AND is_stored AND key_id IS NOT NULL
    LIMIT 1`,
};

const IS_PUBLIC: Statement = {
  name: 'avatar.is_public',
  text: `
    SELECT FROM sxo_user_avatar
    WHERE user_id = $1 AND path = $2 AND is_stored AND key_id IS NULL`,
};

const LOCK: Statement = {
  name: 'avatar.lock',
  text: 'SELECT FROM sxo_user_avatar WHERE user_id = $1 AND path = ANY($2) FOR UPDATE',
};

/** Locked, so that they are not cleaned up as unused while they come into use. */
const TAKE: Statement = {
  name: 'avatar.take',
  text: `
    SELECT path FROM sxo_user_avatar
    WHERE user_id = $1 AND path = ANY($2) AND is_stored AND (key_id IS NOT NULL) = $3
    FOR SHARE`,
};

const RETIRE_SEALED: Statement = {
  name: 'avatar.retire_sealed',
  text: `
    UPDATE sxo_user_avatar SET is_stored = false
    WHERE user_id = $1 AND key_id IS NOT NULL
    RETURNING path`,
};

/** What became of recording an upload. */
export type Recorded = 'recorded' | 'account ended' | { readonly secondsToWait: number };

/** The avatar table's only writer. */
@Injectable()
export class AvatarRepository {
  constructor(
    private readonly database: Database,
    private readonly accounts: LiveAccountRepository,
    private readonly uses: PictureUses,
  ) {}

  /**
   * Records a picture that is going to be stored, unless the user has had as many as an hour allows.
   * Nothing can take it into use before it is marked as stored.
   *
   * @param keyId the key that seals it; null for a public picture, which is counted apart
   */
  async record(
    path: string,
    userId: string,
    perHour: number,
    keyId: string | null = null,
  ): Promise<Recorded> {
    return this.database.transaction(async () => {
      // Uploads of one user count one after another; each statement sees what was committed before it.
      if (!(await this.accounts.hold(userId))) return 'account ended';
      const secondsToWait = await this.secondsToWait(userId, perHour, keyId);
      if (secondsToWait !== undefined) return { secondsToWait };
      await this.database.run(INSERT, [path, userId, keyId, null]);
      return 'recorded';
    });
  }

  /** Records a sealed picture that is going to be made of a public one; it counts as no upload. */
  async recordMade(path: string, userId: string, keyId: string, source: string): Promise<void> {
    await this.database.run(INSERT, [path, userId, keyId, source]);
  }

  /** Whose sealed picture this is; undefined where there is none, or its account has ended. */
  async ownerOfSealed(path: string): Promise<string | undefined> {
    const [row] = await this.database.run<{ user_id: string }>(FIND_SEALED, [path]);
    return row?.user_id;
  }

  /** The sealed picture that was made of a public one. */
  async sealedMadeOf(userId: string, source: string): Promise<string | undefined> {
    const [row] = await this.database.run<{ path: string }>(FIND_MADE_OF, [userId, source]);
    return row?.path;
  }

  /** Whether this is a stored public picture of the user's. */
  async isPublic(userId: string, path: string): Promise<boolean> {
    return (await this.database.run(IS_PUBLIC, [userId, path])).length > 0;
  }

  /**
   * Keeps pictures of a user's that nothing uses from use, however new they are.
   *
   * @returns their paths
   */
  async retire(userId: string, paths: readonly string[]): Promise<string[]> {
    return this.database.transaction(async () => {
      // What a save has taken into use meanwhile is seen by the second statement.
      await this.database.run(LOCK, [userId, paths]);
      const retire = retireUnused(this.uses.unused('a'));
      const retired = await this.database.run<{ path: string }>(retire, [paths]);
      return retired.map(({ path }) => path);
    });
  }

  /**
   * Takes a user's pictures into use, in the transaction that stores their paths.
   *
   * @returns those of the paths that are of no stored picture of this kind that the user has
   * @throws Error outside of a transaction; a mistake of the caller
   */
  async missing(
    userId: string,
    paths: readonly string[],
    kind: 'public' | 'sealed',
  ): Promise<string[]> {
    this.database.requireTransaction('Taking pictures into use');
    if (paths.length === 0) return [];
    const taken = await this.database.run<{ path: string }>(TAKE, [
      userId,
      paths,
      kind === 'sealed',
    ]);
    return paths.filter((path) => !taken.some((picture) => picture.path === path));
  }

  /** Keeps all sealed pictures of a user's from use; those that were already are among the answer. */
  async retireSealed(userId: string): Promise<string[]> {
    const retired = await this.database.run<{ path: string }>(RETIRE_SEALED, [userId]);
    return retired.map(({ path }) => path);
  }

  /** Lets the user take a picture into use. */
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

  /** Those of these paths that a row names. */
  async named(paths: readonly string[]): Promise<ReadonlySet<string>> {
    if (paths.length === 0) return new Set();
    const rows = await this.database.run<{ path: string }>(NAMED, [paths]);
    return new Set(rows.map(({ path }) => path));
  }

  /** Forgets pictures that were retired and whose files are gone. */
  async forget(paths: string[]): Promise<void> {
    await this.database.run(FORGET, [paths]);
  }

  /** @returns undefined where the user may upload at once */
  private async secondsToWait(
    userId: string,
    perHour: number,
    keyId: string | null,
  ): Promise<number | undefined> {
    const [row] = await this.database.run<{ seconds: number }>(SECONDS_TO_WAIT, [
      userId,
      perHour,
      keyId,
    ]);
    return row?.seconds;
  }
}
