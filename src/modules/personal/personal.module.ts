import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AvatarUrls } from './avatar-urls.js';
import { ChangesService } from './changes.service.js';
import { LiveAccountRepository } from './live-account.repository.js';
import { PersonalController } from './personal.controller.js';
import { PersonalService } from './personal.service.js';
import { UserRepository } from './user.repository.js';

/** The user's profile: personal/index, personal/save, and personal/changes. */
@Module({
  imports: [AuditModule],
  controllers: [PersonalController],
  providers: [PersonalService, ChangesService, UserRepository, LiveAccountRepository, AvatarUrls],
  exports: [AvatarUrls, LiveAccountRepository, PersonalService],
})
export class PersonalModule {}
