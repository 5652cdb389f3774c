import { Injectable } from '@nestjs/common';
import { DEFAULT_LANGUAGE, type Language } from '../../envelope/message-catalogue.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { toAgreementPage } from './agreement-page.view.js';
import type { AgreementDocument } from './agreement.documents.js';
import { agreementFailures } from './agreement.messages.js';
import { AgreementFiles } from './agreement.files.js';

/** agreement/index's `data`. */
export interface Agreement {
  /** HTML, as the operator wrote it. */
  readonly value: string;
}

/** What a user agrees to. */
@Injectable()
export class AgreementService {
  constructor(private readonly files: AgreementFiles) {}

  /**
   * An agreement in the language, else in Chinese. Never one that came with the service in place of
   * a missing one of the operator's: it is not what the operator agreed to.
   *
   * @throws ProtocolException not provided, where there is a file in neither language
   */
  async show(document: AgreementDocument, language: Language): Promise<Agreement> {
    const value =
      (await this.files.read(document, language)) ??
      (await this.files.read(document, DEFAULT_LANGUAGE));
    if (value === undefined) throw new ProtocolException(agreementFailures.notProvided);
    return { value };
  }

  /**
   * The same as a page for a browser.
   *
   * @throws ProtocolException not provided, where there is a file in neither language
   */
  async page(document: AgreementDocument, language: Language): Promise<string> {
    const { value } = await this.show(document, language);
    return toAgreementPage(document, value, language);
  }
}
