import { Module } from '@nestjs/common';
import { AgreementController } from './agreement.controller.js';
import { AgreementFiles } from './agreement.files.js';
import { AgreementService } from './agreement.service.js';

/** The texts that users agree to: agreement/index. */
@Module({
  controllers: [AgreementController],
  providers: [AgreementService, AgreementFiles],
})
export class AgreementModule {}
