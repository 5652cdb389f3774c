import { Inject, Injectable } from '@nestjs/common';
import { AvatarSettings } from '../../config/avatar.settings.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures, tooManyRequests } from '../../envelope/protocol.failures.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { AvatarUrls } from '../personal/avatar-urls.js';
import { avatarFailures, avatarMessages } from './avatar.messages.js';
import { CONTENT_TYPES, newAvatarPath } from './avatar-path.js';
import { AvatarRepository } from './avatar.repository.js';
import { CROP_MAX, type UploadAvatarDto } from './dto/upload-avatar.dto.js';
import type { Area } from './picture-area.js';
import { PictureEncoder } from './picture-encoder.js';
import { AVATAR_STORAGE, type AvatarStorage } from './storage/avatar-storage.js';
import { Turns } from './turns.js';

const AVATAR = { square: true, side: 512 };

/** Takes pictures that users may then choose as their avatar. */
@Injectable()
export class AvatarService {
  private readonly turns = new Turns();

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
   * What its header alone refuses counts as no upload; any other does, whatever becomes of it, for
   * it is counted before it is decoded. Its row comes before its file: where the upload fails, or
   * the service stops, the clean-up still knows of both. A user's pictures are decoded one after
   * another.
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
    const order = await this.pictures.inspect(file, 'file', crop);
    const path = newAvatarPath(order.extension);
    await this.record(path, userId);
    const bytes = await this.turns.take(userId, () => this.pictures.encode(order, AVATAR));
    await this.storage.put(path, bytes, CONTENT_TYPES[order.extension]);
    await this.avatars.markStored(path);
    return this.urls.toUrl(path);
  }

  private async record(path: string, userId: string): Promise<void> {
    const outcome = await this.avatars.record(path, userId, this.settings.uploadsPerHour);
    if (outcome === 'account ended') throw new ProtocolException(protocolFailures.notLoggedIn);
    if (outcome !== 'recorded') throw tooManyRequests(outcome.secondsToWait);
  }
}

/**
 * @returns undefined where nothing is to be cropped: no number is given, or all are empty or 0
 * @throws ProtocolException where only some of the four numbers are given, or the crop is empty
 */
function cropOf({ img_x, img_y, img_width, img_height }: UploadAvatarDto): Area | undefined {
  const given = Object.entries({ img_x, img_y, img_width, img_height });
  if (given.every(([, value]) => value === undefined)) return undefined;
  if (given.some(([, value]) => value === undefined)) {
    throw new ProtocolException(avatarFailures.cropIncomplete);
  }
  if (given.every(([, value]) => !value)) return undefined;
  return {
    left: number('img_x', img_x, -1),
    top: number('img_y', img_y, -1),
    width: number('img_width', img_width, 1),
    height: number('img_height', img_height, 1),
  };
}

type CropField = 'img_x' | 'img_y' | 'img_width' | 'img_height';

/** @throws ProtocolException empty, or a width or height of 0 */
function number(field: CropField, value: number | '' | undefined, min: number): number {
  if (typeof value === 'number' && value >= min) return value;
  throw new ProtocolException(avatarFailures.cropNumber, {
    label: avatarMessages(`field.${field}`),
    field,
    min,
    max: CROP_MAX,
  });
}
