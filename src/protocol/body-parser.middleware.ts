import { isUtf8 } from 'node:buffer';
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import multer from 'multer';
import { hasBody } from './admission.middleware.js';
import type { CallerResolver } from './caller-resolver.js';
import { inviteBody } from './expected-body.js';
import type { Limiter } from './limits/limiter.js';
import { type Failure, ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { PARAMETER_LIMIT } from './query-string.js';
import { uploadParser } from './upload-parser.js';

/** Thousand bytes of a body, of whatever type. */
const LIMIT_KB = 100;
const LIMIT = LIMIT_KB * 1_000;

/** Levels of nesting in a body. ShopXO's parameters are flat; a few carry a list. */
const DEPTH_LIMIT = 32;

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const MULTIPART_TYPE = 'multipart/form-data';

/** JSON is UTF-8 by its definition, and so is every form of a ShopXO client. */
const FOREIGN_CHARSET = /;\s*charset\s*=\s*(?!"?utf-?8\b)/i;

/** Refuses bytes that decoding would silently replace, so that text is stored as it was sent. */
const verify = (_request: unknown, _response: unknown, body: Buffer): void => {
  if (!isUtf8(body)) throw new Error('not UTF-8');
};

/** The same for a form, whose percent-encoding hides the bytes. */
const verifyForm = (request: unknown, response: unknown, body: Buffer): void => {
  verify(request, response, body);
  decodeURIComponent(body.toString());
};

const json = express.json({ limit: LIMIT, type: JSON_TYPE, verify });
const form = express.urlencoded({
  limit: LIMIT,
  type: FORM_TYPE,
  extended: true,
  parameterLimit: PARAMETER_LIMIT,
  verify: verifyForm,
});
const multipartBytes = express.raw({ limit: LIMIT, type: MULTIPART_TYPE, verify });

const multipartBodies = new WeakMap<Request, Buffer>();

/** A part in another charset, which the parser would leave out without a word. */
const FOREIGN_PART = /\r\ncontent-type:[^\r\n]*;\s*charset\s*=\s*(?!"?utf-?8\b)/i;

/** Multer bounds single parts only, so it is given a body whose whole size is already bounded. */
const multipartFields = multer({
  limits: { fields: PARAMETER_LIMIT, fieldNestingDepth: 5, fieldArrayIndexLimit: 20 },
  streamHandler: (request: Request, parser: NodeJS.WritableStream) =>
    parser.end(multipartBodies.get(request) ?? ''),
} as multer.Options).none();

const multipart: RequestHandler = (request, response, next) => {
  multipartBytes(request, response, (error?: unknown) => {
    if (error) return next(error);
    const body = request.body as Buffer;
    if (body.length === 0) return next();
    if (FOREIGN_PART.test(body.toString('latin1'))) {
      return next(new ProtocolException(protocolFailures.unsupportedType));
    }
    multipartBodies.set(request, body);
    multipartFields(request, response, next);
  });
};

const anyBytes = express.raw({ limit: LIMIT, type: () => true });

/** A body of a type that is not read is no body where it is empty. */
const unread: RequestHandler = (request, response, next) => {
  anyBytes(request, response, (error?: unknown) => {
    const empty = !error && !(Buffer.isBuffer(request.body) && request.body.length > 0);
    next(empty ? undefined : new ProtocolException(protocolFailures.unsupportedType));
  });
};

/**
 * Reads JSON, form and multipart bodies into `request.body`, an object that may have any own keys:
 * only what a DTO declares is taken from it. A request without a body has an empty one. The file of
 * an `@Upload()` route goes to `request.file`.
 *
 * @throws ProtocolException malformed, too large, too many fields, or of another type
 */
export function bodyParser(callers: CallerResolver, limiter: Limiter): RequestHandler {
  const read = uploadParser(callers, limiter);
  const upload: RequestHandler = (request, response, next) => {
    read(request, response).then(() => next(), next);
  };
  return (request: Request, response: Response, next: NextFunction): void => {
    const parse = parserFor(request, upload);
    if (!parse) {
      request.body = {};
      return next();
    }
    // Said before the body has come, not after.
    if (parse !== upload && Number(request.headers['content-length']) > LIMIT) {
      return next(new ProtocolException(protocolFailures.bodyTooLarge, { limit: LIMIT_KB }));
    }
    if (parse !== upload) inviteBody(response);
    void parse(request, response, (error?: unknown) => {
      if (error) return next(parse === upload ? error : toProtocolException(error));
      const body: unknown = Buffer.isBuffer(request.body) ? {} : (request.body ?? {});
      if (Array.isArray(body)) return next(new ProtocolException(protocolFailures.bodyNotObject));
      if (isDeeperThan(body, DEPTH_LIMIT)) {
        return next(new ProtocolException(protocolFailures.bodyTooDeep, { limit: DEPTH_LIMIT }));
      }
      request.body = body;
      next();
    });
  };
}

/** The parser of a request's body, or undefined where there is none. */
function parserFor(request: Request, upload: RequestHandler): RequestHandler | undefined {
  if (!hasBody(request)) return undefined;
  if (FOREIGN_CHARSET.test(request.headers['content-type'] ?? '')) return unread;
  if (request.is(JSON_TYPE)) return json;
  if (request.is(FORM_TYPE)) return form;
  if (request.is(MULTIPART_TYPE)) return request.context.action?.upload ? upload : multipart;
  return unread;
}

function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return limit === 0 || Object.values(value).some((inner) => isDeeperThan(inner, limit - 1));
}

/** Failures of `body-parser` and `multer` that are not simply a malformed body. */
const FAILURES: Readonly<Record<string, [Failure, number?]>> = {
  'entity.too.large': [protocolFailures.bodyTooLarge, LIMIT_KB],
  'parameters.too.many': [protocolFailures.tooManyFields, PARAMETER_LIMIT],
  'charset.unsupported': [protocolFailures.unsupportedType],
  'encoding.unsupported': [protocolFailures.unsupportedType],
  LIMIT_FIELD_VALUE: [protocolFailures.bodyTooLarge, LIMIT_KB],
  LIMIT_FIELD_COUNT: [protocolFailures.tooManyFields, PARAMETER_LIMIT],
  LIMIT_UNEXPECTED_FILE: [protocolFailures.fileNotExpected],
};

function toProtocolException(error: unknown): unknown {
  if (error instanceof ProtocolException) return error;
  const { type, code } = error as { type?: string; code?: string };
  const [failure, limit] = FAILURES[type ?? code ?? ''] ?? [protocolFailures.malformedBody];
  return new ProtocolException(failure, limit === undefined ? {} : { limit }, {}, error);
}
