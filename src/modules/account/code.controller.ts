import { Body, Controller } from '@nestjs/common';
import { Public, Write } from '../../protocol/action.decorators.js';
import type { Language } from '../../protocol/languages.js';
import { ClientAddress, CurrentLanguage, CurrentUser } from '../../protocol/request.decorators.js';
import type { Identity } from '../../protocol/token-resolver.js';
import { accountMessages } from './account.messages.js';
import type { LoggedIn } from './account.service.js';
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
  MobileContactDto,
} from './dto/bind-contact.dto.js';
import { ForgetPasswordDto } from './dto/forget-password.dto.js';
import { SendCodeDto } from './dto/send-code.dto.js';
import { SendPasswordCodeDto } from './dto/send-password-code.dto.js';
import { PasswordResetService } from './password-reset.service.js';

/** What is done by verification code: the codes themselves, a forgotten password, bindings. */
@Controller('user')
export class CodeController {
  constructor(
    private readonly codes: CodeService,
    private readonly passwords: PasswordResetService,
    private readonly bindings: BindingService,
  ) {}

  @Public()
  @Write('loginverifysend', { message: accountMessages('codeSent') })
  @ApiUserLoginVerifySend()
  loginverifysend(
    @Body() dto: SendCodeDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<''> {
    return this.codes.sendForLogin(dto, { address, language });
  }

  @Public()
  @Write('regverifysend', { message: accountMessages('codeSent') })
  @ApiUserRegVerifySend()
  regverifysend(
    @Body() dto: SendCodeDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<''> {
    return this.codes.sendForRegistration(dto, { address, language });
  }

  @Public()
  @Write('forgetpwdverifysend', { message: accountMessages('codeSent') })
  @ApiUserForgetPwdVerifySend()
  forgetpwdverifysend(
    @Body() dto: SendPasswordCodeDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<''> {
    return this.codes.sendForPassword(dto, { address, language });
  }

  @Public()
  @Write('forgetpwd', { message: accountMessages('passwordReset') })
  @ApiUserForgetPwd()
  forgetpwd(
    @Body() dto: ForgetPasswordDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<''> {
    return this.passwords.reset(dto, { address, language });
  }

  @Write('appmobilebindverifysend', { message: accountMessages('codeSent') })
  @ApiUserAppMobileBindVerifySend()
  appmobilebindverifysend(
    @Body() dto: MobileContactDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<''> {
    return this.bindings.sendToMobile(dto, { address, language });
  }

  @Write('appmobilebind', { message: accountMessages('bound') })
  @ApiUserAppMobileBind()
  appmobilebind(
    @CurrentUser() user: Identity,
    @Body() dto: BindMobileDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<LoggedIn> {
    return this.bindings.bindMobile(user, dto, { address, language });
  }

  @Write('appemailbindverifysend', { message: accountMessages('codeSent') })
  @ApiUserAppEmailBindVerifySend()
  appemailbindverifysend(
    @Body() dto: EmailContactDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<''> {
    return this.bindings.sendToEmail(dto, { address, language });
  }

  @Write('appemailbind', { message: accountMessages('bound') })
  @ApiUserAppEmailBind()
  appemailbind(
    @CurrentUser() user: Identity,
    @Body() dto: BindEmailDto,
    @ClientAddress() address: string,
    @CurrentLanguage() language: Language,
  ): Promise<LoggedIn> {
    return this.bindings.bindEmail(user, dto, { address, language });
  }
}
