import { Inject, Injectable } from '@nestjs/common';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { miniProgramFailures } from './mini-program.messages.js';
import type { MiniProgramPlatform } from './platform.js';

/** The injection token of every `MiniProgramPlatform`. */
export const MINI_PROGRAM_PLATFORMS = Symbol('MINI_PROGRAM_PLATFORMS');

/** The platforms whose mini-programs may sign in. */
@Injectable()
export class PlatformList {
  constructor(
    @Inject(MINI_PROGRAM_PLATFORMS) private readonly platforms: readonly MiniProgramPlatform[],
  ) {}

  /**
   * The platform of a client.
   *
   * @throws ProtocolException no mini-program; or one that is not configured
   */
  of(clientType: string): MiniProgramPlatform {
    const platform = this.platforms.find((one) => one.clientType === clientType);
    if (!platform) {
      const supported = this.platforms.map((one) => one.clientType).join(', ');
      throw new ProtocolException(miniProgramFailures.unsupported, { clientType, supported });
    }
    if (!platform.isConfigured) {
      throw new ProtocolException(miniProgramFailures.notConfigured, { clientType });
    }
    return platform;
  }

  /** The client types in which a mobile number is verified by the platform, for base/common. */
  withMobiles(): string[] {
    return this.platforms
      .filter((platform) => platform.isConfigured && 'verifiedMobile' in platform)
      .map(({ clientType }) => clientType);
  }
}
