import { FilterXSS } from 'xss';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Plain text as HTML that shows just that, its line breaks included. */
export const textToHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
    .replace(/\r?\n/g, '<br>');

/** What may stand in a message: text, its structure, links and pictures, but no style and no script. */
const ALLOWED = {
  a: ['href', 'title'],
  b: [],
  blockquote: [],
  br: [],
  code: [],
  del: [],
  div: [],
  em: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  i: [],
  img: ['src', 'alt', 'title', 'width', 'height'],
  li: [],
  ol: [],
  p: [],
  pre: [],
  s: [],
  small: [],
  span: [],
  strong: [],
  sub: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  thead: [],
  tr: [],
  u: [],
  ul: [],
};

/**
 * A tag that is longer is left out: what the library takes for the attributes of one tag grows with the
 * square of their number.
 */
const LONGEST_TAG = 1_000;

const filter = new FilterXSS({
  allowList: ALLOWED,
  stripIgnoreTag: true,
  stripIgnoreTagBody: ['script', 'style'],
  onTag: (_tag, html) => (html.length > LONGEST_TAG ? '' : undefined),
});

/**
 * HTML of any origin as HTML that is harmless in a page: other tags are left out and their text stays,
 * scripts and styles go with theirs; links and pictures lead to http, https, mail, telephone or this site.
 */
export const sanitizeHtml = (html: string): string => filter.process(html);
