import type { Request, Response } from 'express';
import { announcedBytes, readBytes } from './body-bytes.js';
import { bearerOf, type CallerResolver } from './caller-resolver.js';
import { fileTooLarge, maxFileBytes } from './multipart-form.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { UploadPlaces } from './upload-places.js';

/** What a multipart body may have beyond its file: text fields, boundaries, part headers. */
const OVERHEAD_BYTES = 200_000;

/** Bodies held in memory at once: of callers whose token is known to be good, and of all others. */
const KNOWN_CALLERS_FILES = 16;
const UNKNOWN_CALLERS_FILES = 4;

/** Of the former, those of one user. */
const FILES_OF_ONE_USER = 2;

/**
 * Reads the bytes of an `@Upload()` route's multipart body into memory.
 *
 * The token may stand in the header, in the query or in a field, so that the guard can decide only
 * when the body is read. Until then strangers cost little: a body that says it is too large, or
 * that comes with a wrong token in its header, is not read at all. A body is read only while there
 * is a place for it. One user has few of the places, and callers whose token is not known to be
 * good before the body is read share a few of their own, so that neither can take those of others.
 *
 * @throws ProtocolException malformed, too large, not logged in, too many wrong tokens, too many files
 *   of this user, or no place left
 */
export function uploadReader(
  callers: CallerResolver,
): (request: Request, response: Response) => Promise<Buffer> {
  const known = new UploadPlaces(KNOWN_CALLERS_FILES, FILES_OF_ONE_USER);
  const unknown = new UploadPlaces(UNKNOWN_CALLERS_FILES, UNKNOWN_CALLERS_FILES);

  /** Takes a place until the answer is out, for the body is in memory that long. */
  const admit = async (request: Request, response: Response): Promise<void> => {
    const userId = (await callers.identify(request))?.userId;
    if (
      userId === undefined &&
      bearerOf(request) !== undefined &&
      !request.context.action?.public
    ) {
      throw new ProtocolException(protocolFailures.notLoggedIn);
    }
    const [places, holder] = userId === undefined ? [unknown, ''] : [known, userId];
    places.take(holder);
    if (response.destroyed) places.giveBack(holder);
    else response.once('close', () => places.giveBack(holder));
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
