import { Module } from '@nestjs/common';
import { PersonalModule } from '../personal/personal.module.js';
import { VerificationModule } from '../verification/verification.module.js';
import { BaseController } from './base.controller.js';
import { BootstrapService } from './bootstrap.service.js';
import { IndexController } from './index.controller.js';
import { LOGIN_TYPES, OpenLoginTypes } from './login-types.js';
import { UserCenterController } from './user-center.controller.js';

/** What a client asks for at its start: base/common, index/index, user/center. */
@Module({
  imports: [PersonalModule, VerificationModule],
  controllers: [BaseController, IndexController, UserCenterController],
  providers: [BootstrapService, { provide: LOGIN_TYPES, useClass: OpenLoginTypes }],
})
export class BootstrapModule {}
