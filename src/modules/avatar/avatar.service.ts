import { Inject, Injectable, Logger } from '@nestjs/common';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { ProtocolException } from '../../protocol/protocol.exception.js';
import { protocolFailures } from '../../protocol/protocol.failures.js';
import { tooManyRequests } from '../../protocol/retry-later.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { AvatarUrls } from '../personal/avatar-urls.js';
import { avatarFailures } from './avatar.failures.js';
import { avatarMessages } from './avatar.messages.js';
import { CONTENT_TYPES, newAvatarPath } from './avatar-path.js';
import { AvatarRepository } from './avatar.repository.js';
import type { UploadAvatarDto } from './dto/upload-avatar.dto.js';
import { type Crop, PictureEncoder } from './picture-encoder.js';
import { AVATAR_STORAGE, type AvatarStorage } from './storage/avatar-storage.js';

/** Takes pictures that users may then choose as their avatar. */
@Injectable()
export class AvatarService {
  private readonly logger = new Logger(AvatarService.name);

  constructor(
    private readonly avatars: AvatarRepository,
    private readonly pictures: PictureEncoder,
    private readonly urls: AvatarUrls,
    private readonly settings: AvatarSettings,
    @Inject(AVATAR_STORAGE) private readonly storage: AvatarStorage,
  ) {}

  /**
   * Stores a picture for a user. It becomes the avatar when the profile is saved with its URL.
   *
   * @param file undefined where none was sent
   * @returns its absolute URL
   * @throws ProtocolException no file, an incomplete crop, a file that is no acceptable picture; too
   *   many uploads; or not logged in, where the account ended since the token was resolved
   */
  async upload(
    { userId }: Identity,
    file: Buffer | undefined,
    dto: UploadAvatarDto,
  ): Promise<string> {
    const crop = cropOf(dto);
    if (!file) {
      throw new ProtocolException(avatarFailures.fileMissing, {
        label: avatarMessages('field.file'),
        field: 'file',
      });
    }
    // The count that decides is the one under the lock; this one spares the work.
    const secondsToWait = await this.avatars.secondsToWait(userId, this.settings.uploadsPerHour);
    if (secondsToWait !== undefined) throw tooManyRequests(secondsToWait);
    const { bytes, extension } = await this.pictures.encode(file, crop);
    const path = newAvatarPath(extension);
    try {
      await this.storage.put(path, bytes, CONTENT_TYPES[extension]);
      await this.record(path, userId);
    } catch (error) {
      await this.discard(path);
      throw error;
    }
    return this.urls.toUrl(path);
  }

  private async record(path: string, userId: string): Promise<void> {
    const outcome = await this.avatars.record(path, userId, this.settings.uploadsPerHour);
    if (outcome === 'account ended') throw new ProtocolException(protocolFailures.notLoggedIn);
    if (outcome !== 'recorded') throw tooManyRequests(outcome.secondsToWait);
  }

  /** A file that cannot be removed is in no one's way: without a row it is no one's avatar. */
  private async discard(path: string): Promise<void> {
    try {
      await this.storage.delete(path);
    } catch (error) {
      this.logger.error({ msg: 'a picture without an owner was left behind', path, err: error });
    }
  }
}

/** @throws ProtocolException where only some of a crop's four numbers are given */
function cropOf({ img_x, img_y, img_width, img_height }: UploadAvatarDto): Crop | undefined {
  const [left, top, width, height] = [img_x, img_y, img_width, img_height];
  if (left === undefined && top === undefined && width === undefined && height === undefined) {
    return undefined;
  }
  if (left === undefined || top === undefined || width === undefined || height === undefined) {
    throw new ProtocolException(avatarFailures.cropIncomplete);
  }
  return { left, top, width, height };
}
