import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { AvatarRepository } from './avatar.repository.js';
import { AVATAR_STORAGE, type AvatarStorage } from './storage/avatar-storage.js';

/** Rows looked at in one statement, so that each stays short however many users there are. */
const PAGE_LENGTH = 1_000;

/** Removes pictures that nothing uses. Any number of instances may do it at once. */
@Injectable()
export class AvatarCleanUpService {
  static readonly jobName = 'avatar.clean-up';
  private readonly logger = new Logger(AvatarCleanUpService.name);

  constructor(
    private readonly avatars: AvatarRepository,
    private readonly settings: AvatarSettings,
    @Inject(AVATAR_STORAGE) private readonly storage: AvatarStorage,
  ) {}

  /**
   * Removes what was uploaded long enough ago and is not in use: first from use, so that nothing
   * can have it any more, then the file, then the row. Where one step fails, or the service stops,
   * the row is still there for the next time.
   */
  @Cron('17 * * * *', { name: AvatarCleanUpService.jobName, waitForCompletion: true })
  async cleanUp(): Promise<void> {
    let start = '';
    for (;;) {
      const end = await this.avatars.pageEnd(start, PAGE_LENGTH);
      if (end === undefined) return;
      const paths = await this.avatars.retireUnused(start, end, this.settings.unusedHours);
      const removed: string[] = [];
      for (const path of paths) if (await this.deleteFile(path)) removed.push(path);
      await this.avatars.forget(removed);
      start = end;
    }
  }

  private async deleteFile(path: string): Promise<boolean> {
    try {
      await this.storage.delete(path);
      return true;
    } catch (error) {
      this.logger.error({ msg: 'an unused picture could not be removed yet', path, err: error });
      return false;
    }
  }
}
