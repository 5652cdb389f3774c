import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { parse as parseContentType } from 'content-type';
import type { Request, Response } from 'express';
import { RequestLimiter } from '../limits/request-limiter.js';
import { Admission, hasBody } from '../../http/admission.js';
import { decodeText, decoderOf, orMalformed, readBytes } from '../../http/body-reading.js';
import { CallerResolver } from '../auth/token.guard.js';
import { readForm } from '../../http/multipart-form.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import { PARAMETER_LIMIT, parseFields, parseForm } from '../../http/query-string.js';
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
 * A guard, for only then is it known which route a body is for, and its token may stand in it. A body of
 * another type for a handler of Nest's own decorators stays unread: what reads it, such as a
 * `FileInterceptor`, comes later.
 */
@Injectable()
export class BodyGuard implements CanActivate {
  private readonly readUpload: (request: Request, response: Response) => Promise<Buffer>;

  constructor(
    private readonly admission: Admission,
    callers: CallerResolver,
    limiter: RequestLimiter,
  ) {
    this.readUpload = uploadReader(callers, limiter);
  }

  /**
   * @returns false where the request was answered as unavailable while its body was coming
   * @throws ProtocolException malformed, too large, too deep, too many fields, of another type, or in
   *   another charset than UTF-8; no room for another request
   */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const contentType = parseContentType(request.headers['content-type'] ?? '');
    if (!hasBody(request)) request.body = {};
    else if (isRead(request, contentType.type)) {
      request.body = await this.read(request, response, contentType);
    }
    return this.admission.admit(request, response);
  }

  private async read(
    request: Request,
    response: Response,
    { type, parameters }: ReturnType<typeof parseContentType>,
  ): Promise<unknown> {
    const isUpload = type === MULTIPART_TYPE && request.context.action?.upload !== undefined;
    const bytes = isUpload
      ? await this.readUpload(request, response)
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
}

const isRead = ({ context }: Request, type: string): boolean =>
  context.action?.isOfProtocol === true || (PARSERS.has(type) && type !== MULTIPART_TYPE);

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
