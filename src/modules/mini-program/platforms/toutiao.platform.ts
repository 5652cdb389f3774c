import { Injectable } from '@nestjs/common';
import { MiniProgramSettings } from '../../../config/mini-program.settings.js';
import { ProtocolException } from '../../../envelope/protocol.exception.js';
import { claimedProfile } from '../claimed-profile.js';
import { configured } from '../configured.js';
import { mobileOf } from '../exchange/decrypted-mobile.js';
import { decryptObject } from '../exchange/encrypted-data.js';
import { sessionKeyOf } from '../exchange/encrypted-profile.js';
import { readExchangedCode } from '../exchange/exchanged-code.js';
import { PlatformGateway } from '../exchange/platform-gateway.js';
import { miniProgramFailures } from '../mini-program.messages.js';
import type { ExchangedCode, HandedOn, MiniProgramPlatform, MobileClaim } from '../platform.js';
import { required } from '../required.js';

/** Douyin and Toutiao (抖音, 头条). */
@Injectable()
export class ToutiaoPlatform implements MiniProgramPlatform {
  readonly clientType = 'toutiao';
  readonly registersAtOnce = false;

  private readonly gateway: PlatformGateway;

  constructor(private readonly settings: MiniProgramSettings) {
    this.gateway = new PlatformGateway(this.clientType, settings.timeoutMs);
  }

  get isConfigured(): boolean {
    return this.settings.toutiao !== undefined;
  }

  /** The exchange that ShopXO uses. */
  async exchange(code: string): Promise<ExchangedCode> {
    const { id, secret, url } = configured(this.settings.toutiao);
    const answer = await this.gateway.ask({
      url: `${url}/api/apps/jscode2session`,
      query: { appid: id, secret, code },
    });
    return readExchangedCode(this.clientType, this.gateway, answer, {
      openid: 'openid',
      unionid: 'unionid',
      sessionKey: 'session_key',
      errors: ['errcode', 'error'],
      busy: ['-1'],
    });
  }

  readProfile({ authData }: HandedOn) {
    return claimedProfile(authData);
  }

  verifiedMobile({ encrypted, sessionKey }: MobileClaim): string {
    required(encrypted.data, 'encrypted_data');
    required(encrypted.iv, 'iv');
    const { id } = configured(this.settings.toutiao);
    const found = decryptObject(encrypted, sessionKeyOf(sessionKey));
    if (!found) throw new ProtocolException(miniProgramFailures.undecryptable);
    return mobileOf(found, id);
  }
}
