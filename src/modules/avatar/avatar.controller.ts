import { Body, Controller } from '@nestjs/common';
import { TimeLimit } from '../../deadline/deadline.js';
import { Upload, Write } from '../../protocol/routing/action.decorators.js';
import { CurrentUser, UploadedBytes } from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { avatarMessages } from './avatar.messages.js';
import { ApiAvatarUpload } from './avatar.openapi.js';
import { AvatarService } from './avatar.service.js';
import { UploadAvatarDto } from './dto/upload-avatar.dto.js';

/** For the picture to be decoded, which may wait for others, and stored. */
const UPLOAD_SECONDS = 30;

/** The upload of avatars, which ShopXO has among the profile's actions. */
@Controller('personal')
export class AvatarController {
  constructor(private readonly avatars: AvatarService) {}

  @TimeLimit(UPLOAD_SECONDS)
  @Write('useravatarupload', { message: avatarMessages('uploaded') })
  @Upload({ field: 'file', maxMegabytes: 5 })
  @ApiAvatarUpload()
  upload(
    @CurrentUser() user: Identity,
    @UploadedBytes() file: Buffer | undefined,
    @Body() dto: UploadAvatarDto,
  ): Promise<string> {
    return this.avatars.upload(user, file, dto);
  }
}
