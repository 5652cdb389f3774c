import { Injectable } from '@nestjs/common';
import { MiniProgramSettings } from '../../../config/mini-program.settings.js';
import { claimedProfile } from '../claimed-profile.js';
import { configured } from '../configured.js';
import { readExchangedCode } from '../exchange/exchanged-code.js';
import { PlatformGateway } from '../exchange/platform-gateway.js';
import { WeixinMobiles } from '../exchange/weixin-mobiles.js';
import type { ExchangedCode, HandedOn, MiniProgramPlatform, MobileClaim } from '../platform.js';

/** WeChat (微信). */
@Injectable()
export class WeixinPlatform implements MiniProgramPlatform {
  readonly clientType = 'weixin';
  readonly registersAtOnce = true;

  private readonly gateway: PlatformGateway;
  private readonly mobiles: WeixinMobiles;

  constructor(private readonly settings: MiniProgramSettings) {
    this.gateway = new PlatformGateway(this.clientType, settings.timeoutMs);
    this.mobiles = new WeixinMobiles(this.gateway);
  }

  get isConfigured(): boolean {
    return this.settings.weixin !== undefined;
  }

  /** The exchange that ShopXO uses. */
  async exchange(code: string): Promise<ExchangedCode> {
    const { id, secret, url } = configured(this.settings.weixin);
    const answer = await this.gateway.ask({
      url: `${url}/sns/jscode2session`,
      query: { appid: id, secret, js_code: code, grant_type: 'authorization_code' },
    });
    return readExchangedCode(this.clientType, this.gateway, answer, {
      openid: 'openid',
      unionid: 'unionid',
      errors: ['errcode'],
      busy: ['-1', '45011'],
    });
  }

  readProfile({ authData }: HandedOn) {
    return claimedProfile(authData);
  }

  async verifiedMobile({ code }: MobileClaim): Promise<string> {
    return this.mobiles.verify(configured(this.settings.weixin), code);
  }
}
