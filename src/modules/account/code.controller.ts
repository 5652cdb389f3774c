import { Body, Controller } from '@nestjs/common';
import { TimeLimit } from '../../deadline/deadline.js';
import { Public, Write } from '../../protocol/routing/action.decorators.js';
import type { Origin } from '../../protocol/request/origin.js';
import {
  ClientUuid,
  CurrentOrigin,
  CurrentUser,
} from '../../protocol/request/request.decorators.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { accountMessages } from './account.messages.js';
import type { LoggedIn } from './sign-in.service.js';
import { BindingService } from './binding.service.js';
import {
  ApiUserAppEmailBind,
  ApiUserAppEmailBindVerifySend,
  ApiUserAppMobileBind,
  ApiUserAppMobileBindVerifySend,
  ApiUserForgetPwd,
  ApiUserForgetPwdVerifySend,
  ApiUserLoginVerifySend,
  ApiUserRegVerifySend,
} from './code.openapi.js';
import { CodeService } from './code.service.js';
import {
  BindEmailDto,
  BindMobileDto,
  EmailContactDto,
  ForgetPasswordDto,
  MobileContactDto,
  SendCodeDto,
  SendPasswordCodeDto,
} from './dto/code.dto.js';
import { PasswordResetService } from './password-reset.service.js';

/** For the channel's service to be asked, or to take the message; it has a limit of its own. */
const SEND_SECONDS = 30;

/** What is done by verification code: the codes themselves, a forgotten password, bindings. */
@Controller('user')
export class CodeController {
  constructor(
    private readonly codes: CodeService,
    private readonly passwords: PasswordResetService,
    private readonly bindings: BindingService,
  ) {}

  @Public()
  @TimeLimit(SEND_SECONDS)
  @Write('loginverifysend', { message: accountMessages('codeSent'), account: 'accounts' })
  @ApiUserLoginVerifySend()
  loginverifysend(
    @Body() dto: SendCodeDto,
    @CurrentOrigin() origin: Origin,
    @ClientUuid() uuid: string | undefined,
  ): Promise<void> {
    return this.codes.sendForLogin(dto, { ...origin, uuid });
  }

  @Public()
  @TimeLimit(SEND_SECONDS)
  @Write('regverifysend', { message: accountMessages('codeSent'), account: 'accounts' })
  @ApiUserRegVerifySend()
  regverifysend(
    @Body() dto: SendCodeDto,
    @CurrentOrigin() origin: Origin,
    @ClientUuid() uuid: string | undefined,
  ): Promise<void> {
    return this.codes.sendForRegistration(dto, { ...origin, uuid });
  }

  @Public()
  @TimeLimit(SEND_SECONDS)
  @Write('forgetpwdverifysend', { message: accountMessages('codeSent'), account: 'accounts' })
  @ApiUserForgetPwdVerifySend()
  forgetpwdverifysend(
    @Body() dto: SendPasswordCodeDto,
    @CurrentOrigin() origin: Origin,
    @ClientUuid() uuid: string | undefined,
  ): Promise<void> {
    return this.codes.sendForPassword(dto, { ...origin, uuid });
  }

  @Public()
  @Write('forgetpwd', { message: accountMessages('passwordReset'), account: 'accounts' })
  @ApiUserForgetPwd()
  forgetpwd(
    @Body() dto: ForgetPasswordDto,
    @CurrentOrigin() origin: Origin,
    @ClientUuid() uuid: string | undefined,
  ): Promise<void> {
    return this.passwords.reset(dto, { ...origin, uuid });
  }

  @TimeLimit(SEND_SECONDS)
  @Write('appmobilebindverifysend', { message: accountMessages('codeSent') })
  @ApiUserAppMobileBindVerifySend()
  appmobilebindverifysend(
    @CurrentUser() user: Identity,
    @Body() dto: MobileContactDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.bindings.sendToMobile(user, dto, origin);
  }

  @Write('appmobilebind', { message: accountMessages('bound') })
  @ApiUserAppMobileBind()
  appmobilebind(
    @CurrentUser() user: Identity,
    @Body() dto: BindMobileDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<LoggedIn> {
    return this.bindings.bindMobile(user, dto, origin);
  }

  @TimeLimit(SEND_SECONDS)
  @Write('appemailbindverifysend', { message: accountMessages('codeSent') })
  @ApiUserAppEmailBindVerifySend()
  appemailbindverifysend(
    @CurrentUser() user: Identity,
    @Body() dto: EmailContactDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<void> {
    return this.bindings.sendToEmail(user, dto, origin);
  }

  @Write('appemailbind', { message: accountMessages('bound') })
  @ApiUserAppEmailBind()
  appemailbind(
    @CurrentUser() user: Identity,
    @Body() dto: BindEmailDto,
    @CurrentOrigin() origin: Origin,
  ): Promise<LoggedIn> {
    return this.bindings.bindEmail(user, dto, origin);
  }
}
