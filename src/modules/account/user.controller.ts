import { Body, Controller } from '@nestjs/common';
import { Public, Read, Write } from '../../protocol/routing/action.decorators.js';
import type { Origin } from '../../protocol/request/origin.js';
import {
  ClientUuid,
  CurrentOrigin,
  CurrentUser,
} from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { UserView } from '../personal/user.view.js';
import { accountMessages } from './account.messages.js';
import { AccountService } from './account.service.js';
import { LoginDto, RegisterDto, RevokeSessionDto } from './dto/user.dto.js';
import type { LoggedIn } from './sign-in.service.js';
import { SessionListService, type SessionView } from './session-list.service.js';
import {
  ApiUserLogin,
  ApiUserLogout,
  ApiUserReg,
  ApiUserSessionRevoke,
  ApiUserSessions,
  ApiUserTokenUserInfo,
} from './user.openapi.js';

/** Registration, login and sessions (用户). */
@Controller('user')
export class UserController {
  constructor(
    private readonly account: AccountService,
    private readonly sessionList: SessionListService,
  ) {}

  @Public()
  @Write('reg', { message: accountMessages('registered'), account: 'accounts' })
  @ApiUserReg()
  reg(
    @Body() dto: RegisterDto,
    @CurrentOrigin() origin: Origin,
    @ClientUuid() uuid: string | undefined,
    @CurrentUser() user: Identity | undefined,
  ): Promise<LoggedIn> {
    return this.account.register(dto, { ...origin, uuid, user });
  }

  @Public()
  @Write('login', { message: accountMessages('loggedIn'), account: 'accounts' })
  @ApiUserLogin()
  login(
    @Body() dto: LoginDto,
    @CurrentOrigin() origin: Origin,
    @ClientUuid() uuid: string | undefined,
    @CurrentUser() user: Identity | undefined,
  ): Promise<LoggedIn> {
    return this.account.login(dto, { ...origin, uuid, user });
  }

  @Public()
  @Read('tokenuserinfo')
  @ApiUserTokenUserInfo()
  tokenuserinfo(
    @CurrentUser() user: Identity | undefined,
    @CurrentOrigin() origin: Origin,
  ): Promise<UserView> {
    return this.account.tokenUserInfo(user, origin);
  }

  @Write('logout', { message: accountMessages('loggedOut') })
  @ApiUserLogout()
  logout(@CurrentUser() user: Identity, @CurrentOrigin() origin: Origin): Promise<void> {
    return this.sessionList.logOut(user, origin);
  }

  @Read('sessions')
  @ApiUserSessions()
  sessions(@CurrentUser() user: Identity): Promise<SessionView[]> {
    return this.sessionList.list(user);
  }

  @Write('sessionrevoke', { message: accountMessages('sessionRevoked') })
  @ApiUserSessionRevoke()
  sessionrevoke(
    @CurrentUser() user: Identity,
    @Body() dto: RevokeSessionDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.sessionList.revoke(user, dto, origin);
  }
}
