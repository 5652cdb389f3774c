import { isURL } from 'class-validator';

/** Whether an optional setting is absent, or an http or https URL without credentials, query and fragment. */
export function isHttpUrl(value: unknown): boolean {
  if (value === undefined) return true;
  const options = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
  return typeof value === 'string' && isURL(value, options) && !/[?#@]/.test(value);
}

/** A URL without the slashes at its end. */
export function withoutSlash(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '/') end -= 1;
  return text.slice(0, end);
}
