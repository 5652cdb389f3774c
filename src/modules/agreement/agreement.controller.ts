import { Controller } from '@nestjs/common';
import { Public, Read } from '../../protocol/routing/action.decorators.js';
import type { Language } from '../../envelope/message-catalogue.js';
import { CurrentLanguage, Parameters } from '../../protocol/request/request.decorators.js';
import { ApiAgreementIndex } from './agreement.openapi.js';
import { type Agreement, AgreementService } from './agreement.service.js';
import { AgreementIndexDto } from './dto/agreement-index.dto.js';

/** Registration, privacy and account deletion agreements (协议). */
@Public()
@Controller('agreement')
export class AgreementController {
  constructor(private readonly agreements: AgreementService) {}

  @Read('index')
  @ApiAgreementIndex()
  index(
    @Parameters() dto: AgreementIndexDto,
    @CurrentLanguage() language: Language,
  ): Promise<Agreement> {
    return this.agreements.show(dto.document, language);
  }
}
