import { Controller } from '@nestjs/common';
import type { Language } from '../../envelope/message-catalogue.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { PageDto } from '../../protocol/request/paging.js';
import {
  CurrentLanguage,
  CurrentUser,
  Parameters,
} from '../../protocol/request/request.decorators.js';
import { Read } from '../../protocol/routing/action.decorators.js';
import { ApiUserIntegralIndex } from './user-integral.openapi.js';
import { type UserIntegralIndex, UserIntegralService } from './user-integral.service.js';

/** Points of the user (积分). */
@Controller('userintegral')
export class UserIntegralController {
  constructor(private readonly points: UserIntegralService) {}

  @Read('index')
  @ApiUserIntegralIndex()
  index(
    @CurrentUser() user: Identity,
    @Parameters() page: PageDto,
    @CurrentLanguage() language: Language,
  ): Promise<UserIntegralIndex> {
    return this.points.index(user, page, language);
  }
}
