import { parse as parseContentType } from 'content-type';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Limiter } from '../limits/limiter.js';
import { hasBody } from './admission.middleware.js';
import { readBytes } from './body-bytes.js';
import type { CallerResolver } from './caller-resolver.js';
import { readForm } from './multipart-form.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { PARAMETER_LIMIT, parseFields, parseForm } from './query-string.js';
import { decoderOf, decodeText, orMalformed } from './text-decoding.js';
import { uploadReader } from './upload-reader.js';

/** Thousand bytes of a body, of whatever type. */
const LIMIT_KB = 100;
const LIMIT = LIMIT_KB * 1_000;

/** Levels of nesting in a body. ShopXO's parameters are flat; a few carry a list. */
const DEPTH_LIMIT = 32;

const MULTIPART_TYPE = 'multipart/form-data';

const tooLarge = () => new ProtocolException(protocolFailures.bodyTooLarge, { limit: LIMIT_KB });

/** Some clients begin a text with a byte order mark. */
const textOf = (bytes: Buffer): string => decodeText(bytes).replace(/^\ufeff/, '');

type BodyParser = (bytes: Buffer, request: Request, boundary?: string) => unknown;

/** The parsers of a body that is not empty, by its type. */
const PARSERS = new Map<string, BodyParser>([
  ['application/json', (bytes) => parseJson(textOf(bytes))],
  ['application/x-www-form-urlencoded', (bytes) => parseUrlencoded(textOf(bytes))],
  [MULTIPART_TYPE, parseMultipart],
]);

/**
 * Reads JSON, form and multipart bodies into `request.body`, an object that may have any own keys:
 * only what a DTO declares is taken from it. A request without a body, or with an empty one of
 * whatever type, has an empty object. The file of an `@Upload()` route goes to `context.file`.
 *
 * @throws ProtocolException malformed, too large, too deep, too many fields, of another type, or in
 *   another charset than UTF-8
 */
export function bodyParser(callers: CallerResolver, limiter: Limiter): RequestHandler {
  const readUpload = uploadReader(callers, limiter);

  async function read(request: Request, response: Response): Promise<unknown> {
    const { type, parameters } = parseContentType(request.headers['content-type'] ?? '');
    const isUpload = type === MULTIPART_TYPE && request.context.action?.upload !== undefined;
    const bytes = isUpload
      ? await readUpload(request, response)
      : await readBytes(request, response, LIMIT, tooLarge);
    if (bytes.length === 0) return {};
    const parse = PARSERS.get(type);
    if (!parse || decoderOf(parameters.charset).encoding !== 'utf-8') {
      throw new ProtocolException(protocolFailures.unsupportedType);
    }
    const body = parse(bytes, request, parameters.boundary);
    if (Array.isArray(body)) throw new ProtocolException(protocolFailures.bodyNotObject);
    if (isDeeperThan(body, DEPTH_LIMIT)) {
      throw new ProtocolException(protocolFailures.bodyTooDeep, { limit: DEPTH_LIMIT });
    }
    return body;
  }

  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    request.body = hasBody(request) ? await read(request, response) : {};
    next();
  };
}

function parseJson(text: string): unknown {
  const body = orMalformed((): unknown => JSON.parse(text));
  if (typeof body === 'object' && body !== null) return body;
  throw new ProtocolException(protocolFailures.malformedBody);
}

function parseUrlencoded(text: string): unknown {
  // Wrong escapes and escaped bytes that are not UTF-8, which would be kept or replaced in silence.
  orMalformed(() => decodeURIComponent(text));
  if (text.split('&', PARAMETER_LIMIT + 1).length > PARAMETER_LIMIT) {
    throw new ProtocolException(protocolFailures.tooManyFields, { limit: PARAMETER_LIMIT });
  }
  return parseForm(text, DEPTH_LIMIT);
}

function parseMultipart(bytes: Buffer, { context }: Request, boundary?: string): unknown {
  const { fields, file } = readForm(bytes, boundary, context.action?.upload);
  if (file) context.file = file;
  return parseFields(fields, DEPTH_LIMIT);
}

function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return limit === 0 || Object.values(value).some((inner) => isDeeperThan(inner, limit - 1));
}
