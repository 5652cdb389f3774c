import { Injectable } from '@nestjs/common';
import { AvatarUrls } from '../personal/avatar-urls.js';
import { AvatarRepository } from './avatar.repository.js';

/** Pictures that users have uploaded, for modules that show them. */
@Injectable()
export class UserPictures {
  constructor(
    private readonly avatars: AvatarRepository,
    private readonly urls: AvatarUrls,
  ) {}

  /**
   * Takes a user's pictures into use, in the transaction that stores their paths: until it ends, none
   * of them is removed, and then `PictureUses` tells that they are in use.
   *
   * @param urls as a client sends them
   * @returns the paths to store; undefined where one is no stored picture of the user's
   * @throws Error outside of a transaction; a mistake of the caller
   */
  async take(userId: string, urls: readonly string[]): Promise<string[] | undefined> {
    const paths = urls.map((url) => this.urls.toPath(url) ?? '');
    return (await this.avatars.missing(userId, paths, 'public')).length > 0 ? undefined : paths;
  }

  /** @param paths as they are stored */
  toUrls(paths: readonly string[]): string[] {
    return paths.map((path) => this.urls.toUrl(path));
  }
}
