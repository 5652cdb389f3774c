import { Injectable } from '@nestjs/common';
import { AttemptSettings } from '../../config/attempt.settings.js';
import { AttemptService, type AttemptSubject } from '../../protocol/limits/attempt.service.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { captchaHolder, CaptchaService } from '../verification/captcha.service.js';
import { verificationFailures } from '../verification/verification.messages.js';
import type { Caller } from './caller.js';

/** Asks for a picture captcha at a login by password after failures, where the settings say so. */
@Injectable()
export class LoginCaptchaService {
  constructor(
    private readonly attempts: AttemptService,
    private readonly captchas: CaptchaService,
    private readonly settings: AttemptSettings,
  ) {}

  /**
   * @param subject whose failures count; not asked for where no captcha ever is
   * @param answer ignored where none is needed: ShopXO's client sends one whenever it shows a picture
   * @throws ProtocolException one is needed, and absent or wrong
   */
  async check(
    subject: () => Promise<AttemptSubject>,
    answer: string | undefined,
    { uuid, address }: Caller,
  ): Promise<void> {
    const { captchaAfterFailures } = this.settings;
    if (captchaAfterFailures === 0) return;
    if ((await this.attempts.failures(await subject())) < captchaAfterFailures) return;
    if (answer === undefined || answer === '') {
      throw new ProtocolException(verificationFailures.captchaMissing);
    }
    await this.captchas.verify('user_login', captchaHolder(uuid, address), answer);
  }
}
