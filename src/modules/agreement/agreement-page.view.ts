import { FilterXSS } from 'xss';
import { type Language, translate } from '../../envelope/message-catalogue.js';
import type { AgreementDocument } from './agreement.documents.js';
import { agreementMessages } from './agreement.messages.js';

const LANGUAGE_TAGS: Readonly<Record<Language, string>> = {
  zh: 'zh-Hans',
  cht: 'zh-Hant',
  en: 'en',
  spa: 'es',
};

const STYLE =
  'body{margin:0 auto;max-width:48rem;padding:1rem;font:16px/1.7 system-ui,sans-serif;color:#222;' +
  'background:#fff;overflow-wrap:anywhere}h1{font-size:1.25rem;text-align:center}img{max-width:100%}';

/**
 * What the page may do, for the text is an operator's own HTML: show pictures and this style, and be shown in
 * a frame, as ShopXO's client does in a browser. No script runs and no form is sent.
 */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors *; sandbox allow-popups";

/** Keeps text, structure, links and pictures; other tags are left out, scripts and styles with their text. */
const filter = new FilterXSS({
  stripIgnoreTag: true,
  stripIgnoreTagBody: ['script', 'style'],
});

/**
 * An agreement as a page for a browser.
 *
 * @param html the text as the operator wrote it
 */
export function toAgreementPage(
  document: AgreementDocument,
  html: string,
  language: Language,
): string {
  const title = translate(language, agreementMessages(`title.${document}`));
  return (
    `<!doctype html>\n<html lang="${LANGUAGE_TAGS[language]}">\n<head>\n<meta charset="utf-8">\n` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${title}</title>\n<style>${STYLE}</style>\n</head>\n` +
    `<body>\n<h1>${title}</h1>\n${filter.process(html)}\n</body>\n</html>\n`
  );
}
