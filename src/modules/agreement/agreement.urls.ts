import { DEFAULT_LANGUAGE, type Language } from '../../envelope/message-catalogue.js';
import type { AgreementDocument } from './agreement.documents.js';

/** The page that shows an agreement in a browser, with ShopXO's parameters. */
export const agreementUrl = (
  publicUrl: string,
  document: AgreementDocument,
  language: Language,
): string => {
  const query = new URLSearchParams({ document, is_content: '1' });
  if (language !== DEFAULT_LANGUAGE) query.set('lang', language);
  return `${publicUrl}/agreement/index?${query.toString()}`;
};
