import { parse as parseDisposition } from 'content-disposition';
import { parse as parseContentType } from 'content-type';
import { ProtocolException } from '../envelope/protocol.exception.js';
import { protocolFailures } from '../envelope/protocol.failures.js';
import { decodeText } from './body-reading.js';

/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** The charset that its type names. */
  readonly charset?: string;
  /** A file has one, which may be empty. */
  readonly filename?: string;
}

/** Characters of a boundary, of RFC 2046. Looking for a much longer one takes quadratic time. */
const BOUNDARY_LIMIT = 70;

/** Bytes of a part's headers. */
const HEADERS_LIMIT = 16_000;

/** A header with parameters, whose quotes stand around whole values. */
const QUOTED_WELL = /^[^;"]*(?:;[^;"=]*(?:=(?:[^;"]*|[\t ]*"[^"]*"[\t ]*))?)*$/;

/** Encodings that leave the content as it is. RFC 7578 forbids all others. */
const IDENTITY_ENCODINGS = ['7bit', '8bit', 'binary'];

const CRLF = '\r\n';

const malformed = () => new ProtocolException(protocolFailures.malformedBody);

/**
 * Reads the parts of a `multipart/form-data` body one by one.
 *
 * Parsers such as busboy skip parts that they cannot read, so that a form is saved without some of its
 * fields. Here every byte belongs to a part or to the framing, or the body is refused.
 *
 * @param boundary the `boundary` parameter of the body's type
 * @throws ProtocolException malformed; unsupported type, for a part that is encoded for transfer
 */
export function* readParts(body: Buffer, boundary: string | undefined): Generator<Part> {
  if (!boundary || boundary.length > BOUNDARY_LIMIT) throw malformed();
  const delimiter = Buffer.from(`${CRLF}--${boundary}`, 'latin1');
  const opening = delimiter.subarray(CRLF.length);
  const first = body.indexOf(opening);
  if (first < 0 || !/^(?:\r\n)*$/.test(body.toString('latin1', 0, first))) throw malformed();
  let start = first + opening.length;
  for (;;) {
    const end = body.indexOf(delimiter, start);
    if (end < 0) break;
    yield readPart(body.subarray(start, end));
    start = end + delimiter.length;
  }
  if (!/^--[\t ]*(?:\r\n)*$/.test(body.toString('latin1', start))) throw malformed();
}

/** The text of a part that is no file. @throws ProtocolException malformed; unsupported charset */
export const textOf = ({ content, charset }: Part): string => decodeText(content, charset);

/** @param section what stands between two boundaries: a line end, headers, an empty line, the content */
function readPart(section: Buffer): Part {
  const headersEnd = section.indexOf(CRLF + CRLF);
  if (headersEnd < 0 || headersEnd > HEADERS_LIMIT) throw malformed();
  const headers = readHeaders(section.toString('utf8', 0, headersEnd));
  const disposition = headers.get('content-disposition') ?? '';
  if (!QUOTED_WELL.test(disposition)) throw malformed();
  const { type, parameters } = parseDisposition(disposition, { multipart: true });
  const { name, filename = parameters['filename*'] } = parameters;
  // A quote is escaped as %22: a sender that writes \" or single quotes instead means another name.
  if (type !== 'form-data' || !name || /[\\\ufffd]|^'[^]*'$/.test(name)) throw malformed();
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding !== undefined && !IDENTITY_ENCODINGS.includes(encoding)) {
    throw new ProtocolException(protocolFailures.unsupportedType);
  }
  const { charset } = parseContentType(headers.get('content-type') ?? '').parameters;
  const content = section.subarray(headersEnd + 2 * CRLF.length);
  return {
    name,
    content,
    ...(charset !== undefined && { charset }),
    ...(filename !== undefined && { filename }),
  };
}

/** @param text the rest of the boundary's line, then headers, which may be folded */
function readHeaders(text: string): Map<string, string> {
  const [rest = '', ...lines] = text.split(/\r\n(?![\t ])/);
  if (/[^\t ]/.test(rest)) throw malformed();
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:\s]+)[\t ]*:(.*)$/s.exec(line) ?? [];
    const key = name.toLowerCase();
    const unfolded = value.replace(/\r\n/g, '').trim();
    if (key === '' || headers.has(key) || /[\r\n\0]/.test(unfolded)) throw malformed();
    headers.set(key, unfolded);
  }
  return headers;
}
