import qs from 'qs';

/** Parameters by name, as a body or a query string gave them. Any value may be of any JSON type. */
export type Parameters = Readonly<Record<string, unknown>>;

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

/**
 * Parses a form body in the same way. All of its parameters are read, of whatever name.
 *
 * @param depth levels of brackets in a name; what is left of a longer one is a key below them
 */
export const parseForm = (text: string, depth: number): Parameters =>
  qs.parse(text, {
    parameterLimit: Infinity,
    depth,
    arrayLimit: PARAMETER_LIMIT,
    allowPrototypes: true,
  });

/** Makes parameters of fields with decoded names and values, as if they came in a form body. */
export const parseFields = (
  fields: readonly (readonly [name: string, value: string])[],
  depth: number,
): Parameters => parseForm(new URLSearchParams(fields as [string, string][]).toString(), depth);
