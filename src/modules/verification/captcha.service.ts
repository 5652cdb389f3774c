import { Injectable } from '@nestjs/common';
import { UseLimiter } from '../../protocol/limits/use-limiter.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { CaptchaRepository } from './captcha.repository.js';
import { CaptchaPainter, drawAnswer } from './captcha-picture.js';
import { addressGroup } from '../../http/client-address.js';
import { matches, saltAndHash } from './salted-hash.js';
import { verificationFailures } from './verification.messages.js';

/**
 * What a picture guards: ShopXO's names for its password login, its registration, its forgotten password
 * and its bindings. A binding needs none here, but ShopXO's client asks for one after a sending that failed.
 */
export const CAPTCHA_TYPES = ['user_login', 'user_reg', 'user_forget', 'user_bind'] as const;

export type CaptchaType = (typeof CAPTCHA_TYPES)[number];

const LIFETIME_SECONDS = 10 * 60;

const DRAWING_RATE = { uses: 30, seconds: 60 };

/**
 * Whom a picture is shown: the client's `uuid` parameter, or, for one that sends none, its network.
 * The colon keeps a network from being sent as a uuid.
 */
export const captchaHolder = (uuid: string | undefined, address: string): string =>
  uuid === undefined || uuid === '' ? `address:${addressGroup(address)}` : uuid;

/** Picture captchas (图片验证码). */
@Injectable()
export class CaptchaService {
  constructor(
    private readonly captchas: CaptchaRepository,
    private readonly rates: UseLimiter,
    private readonly painter: CaptchaPainter,
  ) {}

  /**
   * Draws a picture, which replaces the holder's last one of the type and is valid for ten minutes.
   *
   * @param uuid the client's identifier; without one its network stands for it
   * @returns the picture as PNG
   * @throws ProtocolException too many requests
   */
  async draw(type: CaptchaType, uuid: string | undefined, address: string): Promise<Buffer> {
    await this.rates.count(`captcha:address:${addressGroup(address)}`, DRAWING_RATE);
    const answer = drawAnswer();
    const picture = await this.painter.paint(answer);
    const stored = saltAndHash(answer);
    await this.captchas.replace(type, captchaHolder(uuid, address), stored, LIFETIME_SECONDS);
    return picture;
  }

  /**
   * Accepts the right answer, in any case. A picture can be answered once: after a wrong answer the
   * client shows a new one.
   *
   * @param holder see `captchaHolder`
   * @throws ProtocolException -10: no picture, or expired or answered; -11: wrong
   * @throws Error inside a transaction
   */
  async verify(type: CaptchaType, holder: string, answer: string): Promise<void> {
    const stored = await this.captchas.take(type, holder);
    if (!stored) throw new ProtocolException(verificationFailures.captchaMissing);
    if (!matches(stored, answer.trim().toUpperCase())) {
      throw new ProtocolException(verificationFailures.captchaWrong);
    }
  }
}
