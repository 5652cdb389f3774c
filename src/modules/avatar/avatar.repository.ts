import { Injectable } from '@nestjs/common';
import { Any, IsNull, Not, type Repository } from 'typeorm';
import { Database, type Statement } from '../../database/database.js';
import { UserAvatar } from '../personal/entities/user-avatar.entity.js';
import { User } from '../personal/entities/user.entity.js';
import { liveAccount } from '../personal/live-account.js';
import { LiveAccountRepository } from '../personal/live-account.repository.js';
import { PictureUses } from './picture-uses.js';

/**
 * Seconds until the user may upload again, no row if at once. Of the last hour's pictures, sealed ones if
 * $3 is a key and public ones if it is null, the $2th newest has to be an hour old first.
 */
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

/** The last path of the next page after $1, whose length is $2; null after the last page. */
const PAGE_END: Statement = {
  name: 'avatar.page_end',
  text: `
    SELECT max(page.path) AS path
    FROM (SELECT path FROM sxo_user_avatar WHERE path > $1 ORDER BY path LIMIT $2) page`,
};

/**
 * Locks a page's unused pictures, but skips those that a save has locked to use them.
 *
 * @param unused SQL condition: nothing uses the picture `a`
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

/** Condition: a stored picture of an identity card. */
const SEALED = { is_stored: true, key_id: Not(IsNull()) };

/** The outcome of recording an upload. */
export type Recorded = 'recorded' | 'account ended' | { readonly secondsToWait: number };

/** Records of stored pictures: avatars, and pictures of identity cards. */
@Injectable()
export class AvatarRepository {
  constructor(
    private readonly database: Database,
    private readonly accounts: LiveAccountRepository,
    private readonly uses: PictureUses,
  ) {}

  /**
   * Records a picture before its file is stored, unless the user has reached the hour's limit. It cannot be
   * used until it is marked as stored.
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
      await this.pictures.insert({ path, user_id: userId, is_stored: false, key_id: keyId });
      return 'recorded';
    });
  }

  /** Records a sealed picture before it is made from a public one; it does not count as an upload. */
  async recordMade(path: string, userId: string, keyId: string, source: string): Promise<void> {
    const made = { path, user_id: userId, is_stored: false, key_id: keyId, source };
    await this.pictures.insert(made);
  }

  /** Finds the owner of a sealed picture; undefined if there is none or the account has ended. */
  async ownerOfSealed(path: string): Promise<string | undefined> {
    const picture = await this.pictures
      .createQueryBuilder('a')
      .innerJoin(User, 'u', `u.id = a.user_id AND ${liveAccount('u')}`)
      .where({ path, ...SEALED })
      .getOne();
    return picture?.user_id;
  }

  /** Finds the path of the sealed picture that was made from a public one. */
  async sealedMadeOf(userId: string, source: string): Promise<string | undefined> {
    const picture = await this.pictures.findOneBy({ user_id: userId, source, ...SEALED });
    return picture?.path;
  }

  /** Whether this is a stored public picture of the user's. */
  async isPublic(userId: string, path: string): Promise<boolean> {
    return this.pictures.existsBy({ path, user_id: userId, is_stored: true, key_id: IsNull() });
  }

  /**
   * Takes unused pictures of a user out of use, however new they are.
   *
   * @returns the paths of those
   */
  async retire(userId: string, paths: readonly string[]): Promise<string[]> {
    return this.database.transaction(async () => {
      // What a save has taken into use meanwhile is seen by the second statement.
      await this.pictures.find({
        select: { path: true },
        where: { user_id: userId, path: Any(paths) },
        lock: { mode: 'pessimistic_write' },
      });
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
    // Locked, so that they are not cleaned up as unused while they come into use.
    const taken = await this.database.repository(UserAvatar).find({
      select: { path: true },
      where: {
        user_id: userId,
        path: Any([...paths]),
        is_stored: true,
        key_id: kind === 'sealed' ? Not(IsNull()) : IsNull(),
      },
      lock: { mode: 'pessimistic_read' },
    });
    return paths.filter((path) => !taken.some((picture) => picture.path === path));
  }

  /** Takes all sealed pictures of a user out of use; @returns their paths, those out of use before too */
  async retireSealed(userId: string): Promise<string[]> {
    const retired = await this.pictures
      .createQueryBuilder()
      .update({ is_stored: false })
      .where({ user_id: userId, key_id: Not(IsNull()) })
      .returning('path')
      .execute();
    return (retired.raw as { path: string }[]).map(({ path }) => path);
  }

  /** Marks a picture as stored, so that it can be used. */
  async markStored(path: string): Promise<void> {
    await this.pictures.update({ path }, { is_stored: true });
  }

  /** @returns the end of the page after `start`, undefined after the last */
  async pageEnd(start: string, length: number): Promise<string | undefined> {
    const [row] = await this.database.run<{ path: string | null }>(PAGE_END, [start, length]);
    return row?.path ?? undefined;
  }

  /**
   * Takes unused pictures of a page (after `start`, up to `end`) that are older than `hours` out of use.
   *
   * A save locks the picture that it starts to use. If the save came first, its picture is skipped, or the
   * second statement sees it in use; if it comes later, it waits and finds the picture out of use. So no
   * removed picture stays in use.
   *
   * @returns the paths of those, and of unused ones that were out of use before
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

  /** Finds those of the paths that have a row. */
  async named(paths: readonly string[]): Promise<ReadonlySet<string>> {
    if (paths.length === 0) return new Set();
    const rows = await this.pictures.find({ select: { path: true }, where: { path: Any(paths) } });
    return new Set(rows.map(({ path }) => path));
  }

  /** Removes the rows of retired pictures whose files are removed. */
  async forget(paths: string[]): Promise<void> {
    await this.pictures.delete({ path: Any(paths), is_stored: false });
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

  private get pictures(): Repository<UserAvatar> {
    return this.database.repository(UserAvatar);
  }
}
