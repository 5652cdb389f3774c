import { Injectable } from '@nestjs/common';
import { MiniProgramSettings } from '../../../config/mini-program.settings.js';
import { claimedProfile } from '../claimed-profile.js';
import { configured } from '../configured.js';
import { isFor } from '../exchange/decrypted-mobile.js';
import { decryptObject } from '../exchange/encrypted-data.js';
import { readExchangedCode } from '../exchange/exchanged-code.js';
import { PlatformGateway } from '../exchange/platform-gateway.js';
import { readEncryptedProfile } from '../exchange/encrypted-profile.js';
import type { ExchangedCode, HandedOn, MiniProgramPlatform } from '../platform.js';

/** QQ, whose profile is encrypted. */
@Injectable()
export class QqPlatform implements MiniProgramPlatform {
  readonly clientType = 'qq';
  readonly registersAtOnce = false;

  private readonly gateway: PlatformGateway;

  constructor(private readonly settings: MiniProgramSettings) {
    this.gateway = new PlatformGateway(this.clientType, settings.timeoutMs);
  }

  get isConfigured(): boolean {
    return this.settings.qq !== undefined;
  }

  /** The exchange that ShopXO uses. */
  async exchange(code: string): Promise<ExchangedCode> {
    const { id, secret, url } = configured(this.settings.qq);
    const answer = await this.gateway.ask({
      url: `${url}/sns/jscode2session`,
      query: { appid: id, secret, js_code: code, grant_type: 'authorization_code' },
    });
    return readExchangedCode(this.clientType, this.gateway, answer, {
      openid: 'openid',
      unionid: 'unionid',
      sessionKey: 'session_key',
      errors: ['errcode'],
      busy: ['-1'],
    });
  }

  readProfile(handedOn: HandedOn) {
    const { id } = configured(this.settings.qq);
    return readEncryptedProfile(handedOn, (encrypted, key) => {
      const profile = decryptObject(encrypted, key);
      if (!profile || !isFor(profile, id) || profile.openId !== handedOn.openid) return undefined;
      return claimedProfile(profile);
    });
  }
}
