import { Controller } from '@nestjs/common';
import { Public, Read } from '../../protocol/action.decorators.js';
import type { Language } from '../../protocol/message-catalogue.js';
import { CurrentLanguage, CurrentUser } from '../../protocol/request.decorators.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { ApiUserCenter } from './bootstrap.openapi.js';
import { BootstrapService, type UserCenter } from './bootstrap.service.js';

/** The user's page (用户中心). */
@Public()
@Controller('user')
export class UserCenterController {
  constructor(private readonly bootstrap: BootstrapService) {}

  @Read('center')
  @ApiUserCenter()
  center(
    @CurrentUser() user: Identity | undefined,
    @CurrentLanguage() language: Language,
  ): Promise<UserCenter> {
    return this.bootstrap.center(user, language);
  }
}
