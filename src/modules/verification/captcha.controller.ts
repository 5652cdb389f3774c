import { Controller, Header, StreamableFile } from '@nestjs/common';
import { Limit, Public, Read } from '../../protocol/routing/action.decorators.js';
import { ClientAddress, Parameters } from '../../protocol/request/request.decorators.js';
import { ApiUserVerifyEntry } from './captcha.openapi.js';
import { CaptchaService } from './captcha.service.js';
import { UserVerifyEntryDto } from './dto/user-verify-entry.dto.js';

/** Picture captchas; the other user/* actions are the account module's. */
@Controller('user')
export class CaptchaController {
  constructor(private readonly captchas: CaptchaService) {}

  @Public()
  @Read('userverifyentry')
  @Limit('publicWrites')
  @Header('Content-Security-Policy', "default-src 'none'; sandbox")
  @ApiUserVerifyEntry()
  async userVerifyEntry(
    @Parameters() { type, uuid }: UserVerifyEntryDto,
    @ClientAddress() address: string,
  ): Promise<StreamableFile> {
    return picture(await this.captchas.draw(type, uuid, address));
  }
}

/** The protocol sends it as it is, without an envelope. */
const picture = (png: Buffer): StreamableFile => new StreamableFile(png, { type: 'image/png' });
