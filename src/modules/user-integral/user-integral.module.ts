import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.js';
import { UserIntegralController } from './user-integral.controller.js';
import { UserIntegralListener } from './user-integral.listener.js';
import { UserIntegralRepository } from './user-integral.repository.js';
import { UserIntegralService } from './user-integral.service.js';

/** Points of users: userintegral/index; other modules change them through `UserIntegralService`. */
@Module({
  imports: [MessageModule],
  controllers: [UserIntegralController],
  providers: [UserIntegralService, UserIntegralRepository, UserIntegralListener],
  exports: [UserIntegralService],
})
export class UserIntegralModule {}
