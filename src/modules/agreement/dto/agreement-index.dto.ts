import { Choice } from '../../../protocol/validation/value.decorators.js';
import { DOCUMENTS, type AgreementDocument } from '../agreement.documents.js';
import { agreementMessages as message } from '../agreement.messages.js';

/** The parameters of agreement/index. */
export class AgreementIndexDto {
  @Choice({
    label: message('field.document'),
    values: DOCUMENTS,
    example: 'userregister',
    description: 'userregister, userprivacy or userlogout.',
  })
  document!: AgreementDocument;

  @Choice({
    label: message('field.is_content'),
    optional: true,
    values: ['0', '1'],
    description: '1: the answer is a page for a browser, text/html, and no envelope.',
  })
  is_content?: '0' | '1';
}
