import { Body, Controller } from '@nestjs/common';
import { Write } from '../../protocol/routing/action.decorators.js';
import type { Origin } from '../../protocol/request/origin.js';
import { CurrentOrigin, CurrentUser } from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { UserView } from '../personal/user.view.js';
import { accountMessages } from './account.messages.js';
import { ChangePasswordDto, CloseAccountDto } from './dto/safety.dto.js';
import { ApiSafetyLoginPwdUpdate, ApiSafetyLogout } from './safety.openapi.js';
import { SafetyService } from './safety.service.js';

/** The account's password and its end (安全设置). */
@Controller('safety')
export class SafetyController {
  constructor(private readonly safety: SafetyService) {}

  @Write('loginpwdupdate', { message: accountMessages('passwordChanged') })
  @ApiSafetyLoginPwdUpdate()
  loginpwdupdate(
    @CurrentUser() user: Identity,
    @Body() dto: ChangePasswordDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<UserView> {
    return this.safety.changePassword(user, dto, origin);
  }

  @Write('logout', { message: accountMessages('closed') })
  @ApiSafetyLogout()
  logout(
    @CurrentUser() user: Identity,
    @Body() dto: CloseAccountDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.safety.close(user, dto, origin);
  }
}
