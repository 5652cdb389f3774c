import type { Request, Response } from 'express';
import { type RequestLimiter, countedAddress } from '../limits/request-limiter.js';
import { announcedBytes, readBytes } from '../../http/body-reading.js';
import { bearerOf, type CallerResolver } from '../auth/token.guard.js';
import { answerUnavailable } from '../../http/client-error.js';
import { fileTooLarge, maxFileBytes } from '../../http/multipart-form.js';
import { type HeldFile, type PlaceLimits, UploadPlaces } from '../../http/upload-places.js';

/** What a multipart body may have beyond its file: text fields, boundaries, part headers. */
const OVERHEAD_BYTES = 200_000;

/** Bodies held in memory at once, of callers whose token is known to be good. */
const KNOWN_CALLERS: PlaceLimits = { all: 16, ofAddress: 8, ofUser: 2 };

/** The same, of all others. */
const UNKNOWN_CALLERS: PlaceLimits = { all: 4, ofAddress: 2, ofUser: Infinity };

/**
 * Reads the bytes of an `@Upload()` route's multipart body into memory.
 *
 * The token may stand in the header, in the query or in a field, so that the guard can decide only
 * when the body is read. Until then strangers cost little: a body that says it is too large, or
 * that comes with a wrong token in its header, is not read at all. A body is read only while there is
 * a place for it, see {@link UploadPlaces}. A user and an address have few of the places, and callers
 * whose token is not known to be good before the body is read share a few of their own.
 *
 * The limit a minute counts an upload before its body is read, where its token is known by then.
 *
 * @throws ProtocolException malformed, too large, not logged in, too many wrong tokens or requests, too
 *   many files of this user or address, or no place left
 */
export function uploadReader(
  callers: CallerResolver,
  limiter: RequestLimiter,
): (request: Request, response: Response) => Promise<Buffer> {
  const known = new UploadPlaces(KNOWN_CALLERS);
  const unknown = new UploadPlaces(UNKNOWN_CALLERS);

  /** Takes a place until the answer is out, for the body is in memory that long. */
  const admit = async (request: Request, response: Response): Promise<void> => {
    const { context } = request;
    const identity = await callers.identify(request);
    context.identity = identity;
    if (identity) await limiter.countRequest(request);
    else if (bearerOf(request) !== undefined && !context.action?.public) {
      throw await callers.refusal(request);
    }
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
    request.once('end', () => places.keep(file));
    if (response.destroyed) places.giveBack(file);
    else response.once('close', () => places.giveBack(file));
  };

  return async (request, response) => {
    const rule = request.context.action?.upload;
    if (!rule) throw new Error('uploadReader reads the bodies of @Upload() routes only');
    const limit = maxFileBytes(rule) + OVERHEAD_BYTES;
    if (announcedBytes(request) > limit) throw fileTooLarge(rule);
    await admit(request, response);
    return readBytes(request, response, limit, () => fileTooLarge(rule));
  };
}
