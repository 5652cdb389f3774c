import { Module } from '@nestjs/common';
import { SmsSettings } from '../../config/sms.settings.js';
import { VerificationSettings } from '../../config/verification.settings.js';
import { LimitsModule } from '../../protocol/limits/limits.module.js';
import { SendingModule } from '../sending/sending.module.js';
import { MAIL_GATEWAY, SMS_GATEWAY } from '../sending/sending.tokens.js';
import { CaptchaPainter } from './captcha-picture.js';
import { CaptchaController } from './captcha.controller.js';
import { CaptchaRepository } from './captcha.repository.js';
import { CaptchaService } from './captcha.service.js';
import { CodeCaptcha } from './code-captcha.service.js';
import { CodeTries } from './code-tries.service.js';
import { CodeDelivery } from './sending/code-delivery.js';
import { CODE_SENDERS } from './sending/code-sender.js';
import { createCodeSenders } from './sending/code-senders.js';
import { VerificationCodeRepository } from './verification-code.repository.js';
import { VerificationService } from './verification.service.js';

/**
 * Codes by SMS and mail, and picture captchas. Modules above use `VerificationService`,
 * `CaptchaService`, `CodeCaptcha`, and what account-format.ts and channels.ts define.
 */
@Module({
  imports: [LimitsModule, SendingModule],
  controllers: [CaptchaController],
  providers: [
    VerificationService,
    VerificationCodeRepository,
    CaptchaService,
    CaptchaRepository,
    CaptchaPainter,
    CodeCaptcha,
    CodeTries,
    CodeDelivery,
    {
      provide: CODE_SENDERS,
      inject: [SMS_GATEWAY, MAIL_GATEWAY, SmsSettings, VerificationSettings],
      useFactory: createCodeSenders,
    },
  ],
  exports: [VerificationService, CaptchaService, CodeCaptcha],
})
export class VerificationModule {}
