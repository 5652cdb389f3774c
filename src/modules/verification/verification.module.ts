import { Module } from '@nestjs/common';
import { MailSettings } from '../../config/mail.settings.js';
import { SmsSettings } from '../../config/sms.settings.js';
import { VerificationSettings } from '../../config/verification.settings.js';
import { CaptchaController } from './captcha.controller.js';
import { CaptchaRepository } from './captcha.repository.js';
import { CaptchaService } from './captcha.service.js';
import { ExpiredRowsCleaner } from './expired-rows.cleaner.js';
import { ExpiredRowsRepository } from './expired-rows.repository.js';
import { RateLimiter } from './rate-limiter.service.js';
import { RateLimitRepository } from './rate-limit.repository.js';
import { CodeDelivery } from './sending/code-delivery.js';
import { CODE_SENDERS } from './sending/code-sender.js';
import { createCodeSenders } from './sending/code-senders.js';
import { VerificationCodeRepository } from './verification-code.repository.js';
import { VerificationService } from './verification.service.js';

/**
 * Codes by SMS and mail, and picture captchas. Modules above use `VerificationService`,
 * `CaptchaService` and the helpers of account-format.ts.
 */
@Module({
  controllers: [CaptchaController],
  providers: [
    VerificationService,
    VerificationCodeRepository,
    CaptchaService,
    CaptchaRepository,
    RateLimiter,
    RateLimitRepository,
    CodeDelivery,
    {
      provide: CODE_SENDERS,
      inject: [SmsSettings, MailSettings, VerificationSettings],
      useFactory: createCodeSenders,
    },
    ExpiredRowsCleaner,
    ExpiredRowsRepository,
  ],
  exports: [VerificationService, CaptchaService],
})
export class VerificationModule {}
