import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { AvatarRepository } from './avatar.repository.js';
import { AVATAR_STORAGE, type AvatarStorage } from './storage/avatar-storage.js';

/** Rows looked at in one statement, so that each stays short however many users there are. */
const PAGE_LENGTH = 1_000;

/** Removes pictures that no profile uses. Any number of instances may do it at once. */
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
   * Removes what was uploaded long enough ago and is not in use: first the row, after which no
   * profile can take the picture into use, then the file. A file that cannot be removed is logged
   * and left: without a row it is only space.
   */
  @Cron('17 * * * *', { name: AvatarCleanUpService.jobName, waitForCompletion: true })
  async cleanUp(): Promise<void> {
    let start = '';
    for (;;) {
      const end = await this.avatars.pageEnd(start, PAGE_LENGTH);
      if (end === undefined) return;
      const paths = await this.avatars.deleteUnused(start, end, this.settings.unusedHours);
      for (const path of paths) await this.deleteFile(path);
      start = end;
    }
  }

  private async deleteFile(path: string): Promise<void> {
    try {
      await this.storage.delete(path);
    } catch (error) {
      this.logger.error({ msg: 'an unused picture was left behind', path, err: error });
    }
  }
}
