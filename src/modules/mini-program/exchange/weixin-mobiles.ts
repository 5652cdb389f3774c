import type { MiniProgramApp } from '../../../config/mini-program.settings.js';
import { required } from '../required.js';
import { mobileOf } from './decrypted-mobile.js';
import { refusal } from './exchanged-code.js';
import type { PlatformAnswer, PlatformGateway } from './platform-gateway.js';

/** An access token is renewed so long before its end. */
const MARGIN_MS = 5 * 60 * 1_000;

/** The token is unknown or has expired: nothing was done with the code. */
const TOKEN_ERRORS = ['40001', '40014', '42001'];

/** Tries to get a token, which may be asked for again, as nothing is used up. */
const TOKEN_TRIES = 2;

/** Verifies codes for mobile numbers, with WeChat's access token. */
export class WeixinMobiles {
  private token = '';
  private tokenEnd = 0;

  constructor(private readonly gateway: PlatformGateway) {}

  /**
   * @throws ProtocolException a code that WeChat refuses, or a number that is none of mainland China
   * @throws PlatformUnavailableException
   */
  async verify(app: MiniProgramApp, code: string): Promise<string> {
    required(code, 'code');
    let answer = await this.ask(app, code);
    if (TOKEN_ERRORS.includes(String(answer.errcode))) {
      this.token = '';
      answer = await this.ask(app, code);
    }
    const { phone_info: found } = answer;
    if (typeof found !== 'object' || found === null) {
      throw refusal('weixin', this.gateway, answer, { errors: ['errcode'], busy: ['-1'] });
    }
    return mobileOf(found as PlatformAnswer, app.id);
  }

  private async ask({ id, secret, url }: MiniProgramApp, code: string): Promise<PlatformAnswer> {
    const access_token = await this.accessToken({ id, secret, url });
    return this.gateway.ask({
      url: `${url}/wxa/business/getuserphonenumber`,
      query: { access_token },
      json: { code },
    });
  }

  /**
   * The stable token is the same for all instances, and apart from the one that a shop beside may use
   * (https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html).
   */
  private async accessToken({ id, secret, url }: MiniProgramApp): Promise<string> {
    if (this.token !== '' && performance.now() < this.tokenEnd) return this.token;
    const answer = await this.askTwice({
      url: `${url}/cgi-bin/stable_token`,
      json: { grant_type: 'client_credential', appid: id, secret },
    });
    const { access_token: token, expires_in: seconds } = answer;
    if (typeof token !== 'string' || token === '' || typeof seconds !== 'number') {
      throw refusal('weixin', this.gateway, answer, { errors: ['errcode'], busy: ['-1'] });
    }
    this.token = token;
    this.tokenEnd = performance.now() + seconds * 1_000 - MARGIN_MS;
    return token;
  }

  private async askTwice(call: Parameters<PlatformGateway['ask']>[0]): Promise<PlatformAnswer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.gateway.ask(call);
      } catch (error) {
        if (tries === TOKEN_TRIES) throw error;
      }
    }
  }
}
