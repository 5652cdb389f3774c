import { Injectable } from '@nestjs/common';
import { AttemptSettings } from '../../config/attempt.settings.js';
import { AttemptService, type SharedLimit } from '../../protocol/limits/attempt.service.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { captchaHolder, CaptchaService, type CaptchaType } from './captcha.service.js';
import type { CodeClient } from './code-client.js';
import type { Purpose } from './verification-code.repository.js';
import { verificationFailures } from './verification.messages.js';

const HOUR_SECONDS = 60 * 60;

/** ShopXO's names for the pictures. Its client shows none at a binding, which needs a session instead. */
const TYPES: Readonly<Partial<Record<Purpose, CaptchaType>>> = {
  login: 'user_login',
  reg: 'user_reg',
  forgetpwd: 'user_forget',
};

/**
 * Asks for a picture captcha before a code is sent, while too many codes are guessed wrongly for all
 * contacts together. That is what spraying looks like: few tries at each of many contacts, from many
 * addresses, which no limit of one contact or address notices.
 *
 * It is asked for at the sending, since ShopXO's clients have one field, `verify`: at a sending it
 * holds the picture's answer, and at a login, registration or reset the code itself.
 */
@Injectable()
export class CodeCaptcha {
  constructor(
    private readonly attempts: AttemptService,
    private readonly captchas: CaptchaService,
    private readonly settings: AttemptSettings,
  ) {}

  /** Counts a wrong code. */
  async addFailure(): Promise<void> {
    if (this.limit.failures > 0) await this.attempts.addFailure(this.limit);
  }

  /** Whether sending needs a picture now. */
  async isNeeded(): Promise<boolean> {
    return this.limit.failures > 0 && (await this.attempts.isReached(this.limit));
  }

  /**
   * @param answer ignored where none is needed
   * @throws ProtocolException one is needed, and absent or wrong
   * @throws Error inside a transaction
   */
  async check(
    purpose: Purpose,
    answer: string | undefined,
    { uuid, address }: CodeClient,
  ): Promise<void> {
    const type = TYPES[purpose];
    if (!type || !(await this.isNeeded())) return;
    if (answer === undefined || answer === '') {
      throw new ProtocolException(verificationFailures.captchaMissing);
    }
    await this.captchas.verify(type, captchaHolder(uuid, address), answer);
  }

  private get limit(): SharedLimit {
    return {
      name: 'code',
      failures: this.settings.codeCaptchaAfterFailures,
      seconds: HOUR_SECONDS,
    };
  }
}
