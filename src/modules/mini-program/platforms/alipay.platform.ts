import { Injectable } from '@nestjs/common';
import { type AlipayApp, MiniProgramSettings } from '../../../config/mini-program.settings.js';
import { claimedProfile } from '../claimed-profile.js';
import { configured } from '../configured.js';
import { readSignedNode, signAlipay } from '../exchange/alipay-signature.js';
import { readExchangedCode } from '../exchange/exchanged-code.js';
import { PlatformGateway } from '../exchange/platform-gateway.js';
import type { ExchangedCode, HandedOn, MiniProgramPlatform } from '../platform.js';

const METHOD = 'alipay.system.oauth.token';
const NODE = 'alipay_system_oauth_token_response';

/** Alipay's clock is China's, whatever the shop's zone. */
const CHINA_MS = 8 * 60 * 60 * 1_000;

/** `YYYY-MM-DD HH:mm:ss`. */
const timestamp = (): string =>
  new Date(Date.now() + CHINA_MS).toISOString().slice(0, 19).replace('T', ' ');

/** Alipay (支付宝), whose requests and answers are signed. */
@Injectable()
export class AlipayPlatform implements MiniProgramPlatform {
  readonly clientType = 'alipay';
  readonly registersAtOnce = false;

  private readonly gateway: PlatformGateway;

  constructor(private readonly settings: MiniProgramSettings) {
    this.gateway = new PlatformGateway(this.clientType, settings.timeoutMs);
  }

  get isConfigured(): boolean {
    return this.settings.alipay !== undefined;
  }

  /** The exchange that ShopXO uses. */
  async exchange(code: string): Promise<ExchangedCode> {
    const app = configured(this.settings.alipay);
    const answer = await this.gateway.read(
      { url: app.url, form: signedForm(app, code) },
      (text) => readSignedNode(text, NODE, app.publicKey) ?? errorOf(text),
    );
    return readExchangedCode(this.clientType, this.gateway, answer, {
      openid: 'open_id',
      errors: ['sub_code', 'code'],
      busy: ['20000', 'isp.unknow-error', 'aop.unknow-error'],
    });
  }

  /** An answer of `my.getOpenUserInfo`. */
  readProfile({ authData }: HandedOn) {
    return claimedProfile(authData);
  }
}

function signedForm({ id, privateKey }: AlipayApp, code: string): Record<string, string> {
  const parameters = {
    app_id: id,
    method: METHOD,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: timestamp(),
    version: '1.0',
    grant_type: 'authorization_code',
    code,
  };
  return { ...parameters, sign: signAlipay(parameters, privateKey) };
}

/** What the gateway says of an error, which needs no proof; undefined, which no answer is, of all else. */
function errorOf(text: string): unknown {
  const { error_response: error } = JSON.parse(text) as {
    error_response?: { code?: unknown; sub_code?: unknown };
  };
  return error && { code: error.code, sub_code: error.sub_code };
}
