import { Module } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { CodeService } from '../account/code.service.js';
import { MiniProgramModule } from '../mini-program/mini-program.module.js';
import { PersonalModule } from '../personal/personal.module.js';
import { BaseController } from './base.controller.js';
import { BootstrapService } from './bootstrap.service.js';
import { IndexController } from './index.controller.js';
import { LOGIN_TYPES } from './login-types.js';
import { MessageModule } from '../message/message.module.js';
import { UserCenterController } from './user-center.controller.js';

/** What a client asks for at its start: base/common, index/index, user/center. */
@Module({
  imports: [AccountModule, MessageModule, MiniProgramModule, PersonalModule],
  controllers: [BaseController, IndexController, UserCenterController],
  providers: [BootstrapService, { provide: LOGIN_TYPES, useExisting: CodeService }],
})
export class BootstrapModule {}
