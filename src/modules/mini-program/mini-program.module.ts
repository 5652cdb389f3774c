import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { PlatformIdentityModule } from '../platform-identity/platform-identity.module.js';
import { MiniProgramMobileService } from './mini-program-mobile.service.js';
import { MiniProgramController } from './mini-program.controller.js';
import { MiniProgramService } from './mini-program.service.js';
import { MINI_PROGRAM_PLATFORMS, PlatformList } from './platform-list.service.js';
import { PLATFORMS } from './platforms/index.js';
import type { MiniProgramPlatform } from './platform.js';

/** Sign-in of mini-programs: user/appminiuserauth, appminiuserinfo, userbasereg, onekeyusermobile…. */
@Module({
  imports: [AccountModule, PlatformIdentityModule],
  controllers: [MiniProgramController],
  providers: [
    MiniProgramService,
    MiniProgramMobileService,
    PlatformList,
    ...PLATFORMS,
    {
      provide: MINI_PROGRAM_PLATFORMS,
      inject: [...PLATFORMS],
      useFactory: (...platforms: MiniProgramPlatform[]) => platforms,
    },
  ],
  exports: [PlatformList],
})
export class MiniProgramModule {}
