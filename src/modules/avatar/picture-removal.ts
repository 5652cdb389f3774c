import { Inject, Injectable } from '@nestjs/common';
import { AvatarRepository } from './avatar.repository.js';
import { AVATAR_STORAGE, type AvatarStorage } from './storage/avatar-storage.js';

/** Removes pictures at once. What it cannot remove, the clean-up removes later. */
@Injectable()
export class PictureRemoval {
  constructor(
    private readonly avatars: AvatarRepository,
    @Inject(AVATAR_STORAGE) private readonly storage: AvatarStorage,
  ) {}

  /**
   * Removes those of a user's pictures that nothing uses.
   *
   * @throws StorageUnavailableException where a file may still be there; it is out of use all the same
   */
  async removeUnused(userId: string, paths: readonly string[]): Promise<void> {
    if (paths.length > 0) await this.removeFiles(await this.avatars.retire(userId, paths));
  }

  /**
   * Removes all sealed pictures of a user.
   *
   * @throws StorageUnavailableException where a file may still be there; it is out of use all the same
   */
  async removeSealed(userId: string): Promise<void> {
    await this.removeFiles(await this.avatars.retireSealed(userId));
  }

  private async removeFiles(paths: string[]): Promise<void> {
    for (const path of paths) await this.storage.delete(path);
    await this.avatars.forget(paths);
  }
}
