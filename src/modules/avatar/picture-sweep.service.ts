import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AvatarRepository } from './avatar.repository.js';
import { AVATAR_STORAGE, type AvatarStorage } from './storage/avatar-storage.js';

/** A file's row is written before it; this is for clocks that differ, and a database that was put back. */
const GRACE_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes files that no row names: of accounts and pictures that were deleted by SQL. The clean-up
 * knows pictures by their rows and would never find them.
 */
@Injectable()
export class PictureSweepService {
  static readonly jobName = 'avatar.sweep';

  private readonly logger = new Logger(PictureSweepService.name);

  constructor(
    private readonly avatars: AvatarRepository,
    @Inject(AVATAR_STORAGE) private readonly storage: AvatarStorage,
  ) {}

  /** Looks through the whole storage, a page at a time. Any number of instances may do it at once. */
  @Cron('47 3 * * *', { name: PictureSweepService.jobName, waitForCompletion: true })
  async sweep(): Promise<void> {
    const newest = Date.now() - GRACE_MS;
    for await (const page of this.storage.pages()) {
      const old = page.filter(({ modified }) => modified.getTime() < newest);
      const named = await this.avatars.named(old.map(({ path }) => path));
      for (const { path } of old) if (!named.has(path)) await this.remove(path);
    }
  }

  private async remove(path: string): Promise<void> {
    try {
      await this.storage.delete(path);
    } catch (error) {
      this.logger.error({ msg: 'a file without a row could not be removed yet', path, err: error });
    }
  }
}
