import { Module } from '@nestjs/common';
import { SessionModule } from '../session/session.module.js';
import { DemonstrationRepository } from './demonstration.repository.js';
import { DemonstrationService } from './demonstration.service.js';

/** The account that a new user of this service may try at once. */
@Module({
  imports: [SessionModule],
  providers: [DemonstrationRepository, DemonstrationService],
  exports: [DemonstrationService],
})
export class DemonstrationModule {}
