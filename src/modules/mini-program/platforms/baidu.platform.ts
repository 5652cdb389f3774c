import { Injectable } from '@nestjs/common';
import { MiniProgramSettings } from '../../../config/mini-program.settings.js';
import { ProtocolException } from '../../../envelope/protocol.exception.js';
import { claimedProfile } from '../claimed-profile.js';
import { configured } from '../configured.js';
import { mainlandMobile } from '../exchange/decrypted-mobile.js';
import { decryptBaiduMobile, decryptBaiduObject } from '../exchange/encrypted-data.js';
import { readEncryptedProfile, sessionKeyOf } from '../exchange/encrypted-profile.js';
import { readExchangedCode } from '../exchange/exchanged-code.js';
import { PlatformGateway } from '../exchange/platform-gateway.js';
import { miniProgramFailures } from '../mini-program.messages.js';
import type { ExchangedCode, HandedOn, MiniProgramPlatform, MobileClaim } from '../platform.js';
import { required } from '../required.js';

/** Baidu (百度), which encrypts in its own way. */
@Injectable()
export class BaiduPlatform implements MiniProgramPlatform {
  readonly clientType = 'baidu';
  readonly registersAtOnce = false;

  private readonly gateway: PlatformGateway;

  constructor(private readonly settings: MiniProgramSettings) {
    this.gateway = new PlatformGateway(this.clientType, settings.timeoutMs);
  }

  get isConfigured(): boolean {
    return this.settings.baidu !== undefined;
  }

  /** The exchange that ShopXO uses. */
  async exchange(code: string): Promise<ExchangedCode> {
    const { id, secret, url } = configured(this.settings.baidu);
    const answer = await this.gateway.ask({
      url: `${url}/oauth/jscode2sessionkey`,
      form: { code, client_id: id, sk: secret },
    });
    return readExchangedCode(this.clientType, this.gateway, answer, {
      openid: 'openid',
      sessionKey: 'session_key',
      errors: ['errno', 'error'],
    });
  }

  readProfile(handedOn: HandedOn) {
    const { id } = configured(this.settings.baidu);
    return readEncryptedProfile(handedOn, (encrypted, key) => {
      const profile = decryptBaiduObject(encrypted, key, id);
      if (profile?.openid !== handedOn.openid) return undefined;
      return claimedProfile({ nickName: profile.nickname, gender: profile.sex });
    });
  }

  verifiedMobile({ encrypted, sessionKey }: MobileClaim): string {
    required(encrypted.data, 'encrypted_data');
    required(encrypted.iv, 'iv');
    const { id } = configured(this.settings.baidu);
    const mobile = decryptBaiduMobile(encrypted, sessionKeyOf(sessionKey), id);
    if (mobile === undefined) throw new ProtocolException(miniProgramFailures.undecryptable);
    return mainlandMobile(mobile);
  }
}
