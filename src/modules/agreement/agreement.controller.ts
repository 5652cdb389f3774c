import { Controller, StreamableFile, UseInterceptors } from '@nestjs/common';
import { Public, Read } from '../../protocol/routing/action.decorators.js';
import type { Language } from '../../envelope/message-catalogue.js';
import { CurrentLanguage, Parameters } from '../../protocol/request/request.decorators.js';
import { AgreementPageInterceptor } from './agreement-page.interceptor.js';
import { ApiAgreementIndex } from './agreement.openapi.js';
import { type Agreement, AgreementService } from './agreement.service.js';
import { AgreementIndexDto } from './dto/agreement-index.dto.js';

/** Registration, privacy and account deletion agreements (协议). */
@Public()
@Controller('agreement')
export class AgreementController {
  constructor(private readonly agreements: AgreementService) {}

  @Read('index')
  @UseInterceptors(AgreementPageInterceptor)
  @ApiAgreementIndex()
  async index(
    @Parameters() { document, is_content }: AgreementIndexDto,
    @CurrentLanguage() language: Language,
  ): Promise<Agreement | StreamableFile> {
    if (is_content !== '1') return this.agreements.show(document, language);
    const page = await this.agreements.page(document, language);
    return new StreamableFile(Buffer.from(page), { type: 'text/html; charset=utf-8' });
  }
}
