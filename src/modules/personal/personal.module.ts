import { Module } from '@nestjs/common';
import { AvatarUrls } from './avatar-urls.js';
import { PersonalController } from './personal.controller.js';
import { PersonalService } from './personal.service.js';
import { UserRepository } from './user.repository.js';

/** The user's profile: personal/index and personal/save. */
@Module({
  controllers: [PersonalController],
  providers: [PersonalService, UserRepository, AvatarUrls],
  exports: [AvatarUrls, PersonalService],
})
export class PersonalModule {}
