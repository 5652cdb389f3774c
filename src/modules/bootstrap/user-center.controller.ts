import { Controller } from '@nestjs/common';
import { Public, Read } from '../../protocol/routing/action.decorators.js';
import type { Origin } from '../../protocol/request/origin.js';
import { CurrentOrigin, CurrentUser } from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
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
    @CurrentOrigin() origin: Origin,
  ): Promise<UserCenter> {
    return this.bootstrap.center(user, origin);
  }
}
