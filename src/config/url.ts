import { isURL } from 'class-validator';

/** True for an http or https URL without user, query and fragment, and for a setting that is not set. */
export function isHttpUrl(value: unknown): boolean {
  if (value === undefined) return true;
  const options = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
  return typeof value === 'string' && isURL(value, options) && !/[?#@]/.test(value);
}

/** The URL without slashes at its end, so that a path may follow. */
export function withoutSlash(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '/') end -= 1;
  return text.slice(0, end);
}
