import { Body, Controller, Header, StreamableFile } from '@nestjs/common';
import { TimeLimit } from '../../deadline/deadline.js';
import { Public, Read, Upload, Write } from '../../protocol/routing/action.decorators.js';
import {
  CurrentUser,
  Parameters,
  UploadedBytes,
} from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { IdCardPictureDto, UploadIdCardDto } from './dto/id-card.dto.js';
import { ApiIdCardPicture, ApiIdCardUpload } from './id-card-picture.openapi.js';
import { IdCardPicturesService } from './id-card-pictures.service.js';
import { userAddressMessages } from './user-address.messages.js';

/** For the picture to be decoded, which may wait for others, and stored. */
const UPLOAD_SECONDS = 30;

/** What ShopXO's clients read of an upload. */
export interface UploadedIdCard {
  readonly url: string;
}

/** Pictures of identity cards. ShopXO's clients upload them by the action of its editor. */
@Controller()
export class IdCardPictureController {
  constructor(private readonly pictures: IdCardPicturesService) {}

  @TimeLimit(UPLOAD_SECONDS)
  @Write('ueditor/index', { message: userAddressMessages('uploaded') })
  @Upload({ field: 'upfile', maxMegabytes: 5 })
  @ApiIdCardUpload()
  async upload(
    @CurrentUser() user: Identity,
    @UploadedBytes() file: Buffer | undefined,
    @Body() _dto: UploadIdCardDto,
  ): Promise<UploadedIdCard> {
    return { url: await this.pictures.upload(user, file) };
  }

  /** Public, for a browser sends no token for a picture: the link's signature stands for it. */
  @Public()
  @Read('useraddress/idcardpicture')
  @Header('Cache-Control', 'private, no-store')
  @Header('Content-Security-Policy', "default-src 'none'; sandbox")
  @ApiIdCardPicture()
  async picture(@Parameters() link: IdCardPictureDto): Promise<StreamableFile> {
    const { bytes, contentType } = await this.pictures.open(link);
    return new StreamableFile(bytes, { type: contentType });
  }
}
