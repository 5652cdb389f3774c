import qs from 'qs';
import type { Parameters } from './request-context.js';

/** ShopXO's clients send about ten; PHP takes a thousand. */
export const PARAMETER_LIMIT = 1_000;

/**
 * Parses a query string or a form body as PHP does: `a[b]=c` is an object, `a[]=b` a list. A name
 * that is sent twice becomes a list, so that no one has to guess which of them counts.
 */
export const parseQuery = (text: string): Parameters =>
  qs.parse(text, {
    parameterLimit: PARAMETER_LIMIT,
    depth: 5,
    arrayLimit: 20,
    ignoreQueryPrefix: false,
  });
