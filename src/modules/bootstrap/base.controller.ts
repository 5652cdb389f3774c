import { Controller } from '@nestjs/common';
import { Public, Read } from '../../protocol/routing/action.decorators.js';
import type { Language } from '../../envelope/message-catalogue.js';
import { CurrentLanguage } from '../../protocol/request/request.decorators.js';
import { ApiBaseCommon } from './bootstrap.openapi.js';
import { type BaseCommon, BootstrapService } from './bootstrap.service.js';

/** The shop's settings for clients (基础公共接口). */
@Public()
@Controller('base')
export class BaseController {
  constructor(private readonly bootstrap: BootstrapService) {}

  @Read('common')
  @ApiBaseCommon()
  common(@CurrentLanguage() language: Language): Promise<BaseCommon> {
    return this.bootstrap.common(language);
  }
}
