import { isURL } from 'class-validator';

/** Whether an optional setting is absent, or an http or https URL without credentials, query and fragment. */
export function isHttpUrl(value: unknown): boolean {
  if (value === undefined) return true;
  const options = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
  return typeof value === 'string' && isURL(value, options) && !/[?#@]/.test(value);
}

export const withoutSlash = (text: string): string => text.replace(/\/+$/, '');
