import type { Request, Response } from 'express';
import multer from 'multer';
import type { UploadRule } from './action.decorators.js';
import { bearerOf, type CallerResolver } from './caller-resolver.js';
import { answerUnavailable } from './client-error.js';
import { countedAddress } from './limits/counted-caller.js';
import type { Limiter } from './limits/limiter.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { inviteBody } from './expected-body.js';
import type { Identity } from './token-resolver.js';
import { type HeldFile, type PlaceLimits, UploadPlaces } from './upload-places.js';

/** Text fields beside the file, and bytes of each: 100 kB together, as on every other route. */
const FIELD_LIMIT = 100;
const FIELD_BYTES = 1_000;

/** What a multipart body may have beyond its file: text fields, boundaries, part headers. */
const OVERHEAD_BYTES = 200_000;

const BYTES_PER_MEGABYTE = 1_000_000;

/** Files held in memory at once, of callers whose token is known to be good. */
const KNOWN_CALLERS: PlaceLimits = { all: 16, ofAddress: 8, ofUser: 2 };

/** The same, of all others. */
const UNKNOWN_CALLERS: PlaceLimits = { all: 4, ofAddress: 2, ofUser: Infinity };

/**
 * Reads the multipart body of an `@Upload()` route: text fields into `request.body`, the file into
 * `request.file`, in memory.
 *
 * The token may stand in the header, in a field or in the query, so that the guard can decide only
 * when the body is read. Until then strangers cost little: a body that says it is too large, or
 * that comes with a wrong token in its header, is not read at all. A file is held only while there
 * is a place for it, see {@link UploadPlaces}. A user and an address have few of the places, and callers
 * whose token is not known to be good when their file begins share a few of their own.
 *
 * The limit a minute counts an upload when its caller is known: before the body is read, where the token
 * stands in the header, else when the file begins.
 *
 * @throws ProtocolException malformed, too large, too many fields, a file where none is expected,
 *   not logged in, too many wrong tokens or requests, too many files of this user or address, or no
 *   place left
 */
export function uploadParser(
  callers: CallerResolver,
  limiter: Limiter,
): (request: Request, response: Response) => Promise<void> {
  const known = new UploadPlaces(KNOWN_CALLERS);
  const unknown = new UploadPlaces(UNKNOWN_CALLERS);

  const identifyCounted = async (request: Request): Promise<Identity | undefined> => {
    const identity = await callers.identify(request);
    request.context.identity = identity;
    if (identity) await limiter.countRequest(request);
    return identity;
  };

  /** Takes a place until the answer is out, for the file is in memory that long. */
  const admit = async (request: Request, response: Response): Promise<void> => {
    const identity = await identifyCounted(request);
    const places = identity ? known : unknown;
    const file: HeldFile = {
      userId: identity?.userId,
      address: countedAddress(request),
      giveUp: () => {
        if (!response.headersSent) answerUnavailable(response);
      },
    };
    places.take(file);
    // When the body has come whole, the file has.
    if (request.readableEnded) places.keep(file);
    else request.once('end', () => places.keep(file));
    if (response.destroyed) places.giveBack(file);
    else response.once('close', () => places.giveBack(file));
  };

  return async (request: Request, response: Response): Promise<void> => {
    const action = request.context.action;
    const rule = action?.upload;
    if (!rule) throw new Error('uploadParser reads the bodies of @Upload() routes only');
    const maxBytes = rule.maxMegabytes * BYTES_PER_MEGABYTE;
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + OVERHEAD_BYTES) {
      throw tooLarge(rule);
    }
    if (bearerOf(request) !== undefined && !(await identifyCounted(request)) && !action.public) {
      throw new ProtocolException(protocolFailures.notLoggedIn);
    }
    inviteBody(response);
    let admission = Promise.resolve();
    const read = multer({
      storage: multer.memoryStorage(),
      limits: {
        fileSize: maxBytes,
        files: 1,
        fields: FIELD_LIMIT,
        fieldSize: FIELD_BYTES,
        fieldNestingDepth: 5,
        fieldArrayIndexLimit: 20,
      },
      fileFilter: (_request, _file, decide) => {
        admission = admit(request, response);
        // One that is not admitted is skipped, not held; why is told when the body has been read.
        admission.then(
          () => decide(null, true),
          () => decide(null, false),
        );
      },
    }).single(rule.field);
    await new Promise<void>((resolve, reject) => {
      void read(request, response, (error?: unknown) => {
        if (error) reject(toProtocolException(error, rule));
        else resolve();
      });
    });
    await admission;
  };
}

const tooLarge = (rule: UploadRule, cause?: unknown): ProtocolException =>
  new ProtocolException(protocolFailures.fileTooLarge, { limit: rule.maxMegabytes }, {}, cause);

/** Failures of multer; whatever has no code of its own is a malformed or broken-off body. */
function toProtocolException(error: unknown, rule: UploadRule): ProtocolException {
  const { code, field = '' } = error as { code?: string; field?: string };
  switch (code) {
    case 'LIMIT_FILE_SIZE':
      return tooLarge(rule, error);
    case 'LIMIT_UNEXPECTED_FILE':
    case 'LIMIT_FILE_COUNT':
      return new ProtocolException(protocolFailures.oneFile, { field: rule.field }, {}, error);
    case 'LIMIT_FIELD_VALUE':
      return new ProtocolException(
        protocolFailures.fieldTooLarge,
        { field, limit: FIELD_BYTES },
        {},
        error,
      );
    case 'LIMIT_FIELD_COUNT':
      return new ProtocolException(
        protocolFailures.tooManyFields,
        { limit: FIELD_LIMIT },
        {},
        error,
      );
    default:
      return new ProtocolException(protocolFailures.malformedBody, {}, {}, error);
  }
}
