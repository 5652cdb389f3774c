import { Injectable } from '@nestjs/common';
import { MiniProgramSettings } from '../../../config/mini-program.settings.js';
import { Gender } from '../../personal/entities/user.entity.js';
import { claimedProfile } from '../claimed-profile.js';
import { configured } from '../configured.js';
import { readExchangedCode } from '../exchange/exchanged-code.js';
import { PlatformGateway } from '../exchange/platform-gateway.js';
import type { ExchangedCode, HandedOn, MiniProgramPlatform } from '../platform.js';

/** Kuaishou (快手). */
@Injectable()
export class KuaishouPlatform implements MiniProgramPlatform {
  readonly clientType = 'kuaishou';
  readonly registersAtOnce = false;

  private readonly gateway: PlatformGateway;

  constructor(private readonly settings: MiniProgramSettings) {
    this.gateway = new PlatformGateway(this.clientType, settings.timeoutMs);
  }

  get isConfigured(): boolean {
    return this.settings.kuaishou !== undefined;
  }

  /** The exchange that ShopXO uses. */
  async exchange(code: string): Promise<ExchangedCode> {
    const { id, secret, url } = configured(this.settings.kuaishou);
    const answer = await this.gateway.ask({
      url: `${url}/oauth2/mp/code2session`,
      form: { js_code: code, app_id: id, app_secret: secret },
    });
    return readExchangedCode(this.clientType, this.gateway, answer, {
      openid: 'open_id',
      errors: ['result', 'error'],
    });
  }

  /** ShopXO takes no gender from Kuaishou. */
  readProfile({ authData }: HandedOn) {
    return { ...claimedProfile(authData), gender: Gender.undisclosed };
  }
}
