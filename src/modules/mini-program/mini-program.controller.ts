import { Body, Controller } from '@nestjs/common';
import { TimeLimit } from '../../deadline/deadline.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';
import { CurrentOrigin, CurrentUser } from '../../protocol/request/request.decorators.js';
import { Public, Write } from '../../protocol/routing/action.decorators.js';
import type { LoggedIn } from '../account/sign-in.service.js';
import {
  AppMiniUserAuthDto,
  AppMiniUserInfoDto,
  BindProvenMobileDto,
  MobileProofDto,
  UserBaseRegDto,
} from './dto/mini-program.dto.js';
import { MiniProgramMobileService } from './mini-program-mobile.service.js';
import { miniProgramMessages } from './mini-program.messages.js';
import {
  ApiUserAppMiniUserAuth,
  ApiUserAppMiniUserInfo,
  ApiUserOnekeyUserMobileBind,
  ApiUserOnekeyUserMobileDecrypt,
  ApiUserUserBaseReg,
} from './mini-program.openapi.js';
import { MiniProgramService, type SignedIn, type Unknown } from './mini-program.service.js';

/** For the calls to the platform, each of which has a limit of its own (`MINI_PROGRAM_TIMEOUT_MS`). */
const PLATFORM_SECONDS = 30;

/** Sign-in of mini-programs (小程序). */
@Public()
@Controller('user')
export class MiniProgramController {
  constructor(
    private readonly signIns: MiniProgramService,
    private readonly mobiles: MiniProgramMobileService,
  ) {}

  @TimeLimit(PLATFORM_SECONDS)
  @Write('appminiuserauth', { message: miniProgramMessages('signedIn') })
  @ApiUserAppMiniUserAuth()
  appminiuserauth(
    @Body() dto: AppMiniUserAuthDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<SignedIn | Unknown> {
    return this.signIns.auth(dto, origin);
  }

  @Write('appminiuserinfo', { message: miniProgramMessages('authorised') })
  @ApiUserAppMiniUserInfo()
  appminiuserinfo(
    @Body() dto: AppMiniUserInfoDto,
    @CurrentOrigin() origin: Origin,
    @CurrentUser() user: Identity | undefined,
  ): Promise<LoggedIn> {
    return this.signIns.info(dto, origin, user);
  }

  @TimeLimit(PLATFORM_SECONDS)
  @Write('onekeyusermobilebind', { message: miniProgramMessages('mobileBound') })
  @ApiUserOnekeyUserMobileBind()
  onekeyusermobilebind(
    @Body() dto: BindProvenMobileDto,
    @CurrentOrigin() origin: Origin,
    @CurrentUser() user: Identity | undefined,
  ): Promise<LoggedIn> {
    return this.mobiles.bind(dto, origin, user);
  }

  @TimeLimit(PLATFORM_SECONDS)
  @Write('onekeyusermobiledecrypt')
  @ApiUserOnekeyUserMobileDecrypt()
  onekeyusermobiledecrypt(
    @Body() dto: MobileProofDto,
    @CurrentOrigin() origin: Origin,
    @CurrentUser() user: Identity | undefined,
  ): Promise<string> {
    return this.mobiles.decrypt(dto, origin, user);
  }

  @Write('userbasereg', { message: miniProgramMessages('authorised') })
  @ApiUserUserBaseReg()
  userbasereg(
    @Body() dto: UserBaseRegDto,
    @CurrentOrigin() origin: Origin,
    @CurrentUser() user: Identity | undefined,
  ): Promise<LoggedIn> {
    return this.mobiles.register(dto, origin, user);
  }
}
