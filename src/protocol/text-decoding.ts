import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';

const OPTIONS = { fatal: true, ignoreBOM: true };

const UTF8 = new TextDecoder('utf-8', OPTIONS);

/**
 * The decoder of a `charset` parameter, known by any name of the Encoding Standard or by IANA's
 * `csUTF8`, in any case, quoted or not. It refuses bytes that the charset does not have, which would
 * otherwise be replaced in silence, and keeps a byte order mark.
 *
 * @throws ProtocolException unsupported type, for an unknown charset
 */
export function decoderOf(charset?: string): TextDecoder {
  if (charset === undefined) return UTF8;
  const label = charset.replace(/^'(.*)'$/, '$1').replace(/^csutf8$/i, 'utf-8');
  try {
    return new TextDecoder(label, OPTIONS);
  } catch (error) {
    throw new ProtocolException(protocolFailures.unsupportedType, {}, {}, error);
  }
}

/**
 * Decodes a body or a part of one.
 *
 * @param charset the `charset` parameter; UTF-8 where there is none
 * @throws ProtocolException unsupported type; malformed, for bytes that the charset does not have
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const decoder = decoderOf(charset);
  return orMalformed(() => decoder.decode(bytes));
}

/** @throws ProtocolException malformed body, for any error of the parser */
export function orMalformed<Parsed>(parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    throw new ProtocolException(protocolFailures.malformedBody, {}, {}, error);
  }
}
