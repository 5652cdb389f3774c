import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { contentTypeOf } from './avatar-path.js';
import type { AvatarStorage } from './storage/avatar-storage.js';

/** A picture never changes under its name, so a year is as good as for ever. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

/** A store's public address may change. */
const REDIRECT_CACHE_CONTROL = 'public, max-age=3600';

/**
 * Serves stored pictures under their path. Only a path that could have been given out is looked up,
 * so that no other file can be reached and nothing be listed; all else goes on to the next handler.
 * Where the store serves its files itself, the answer leads there.
 *
 * @throws StorageUnavailableException where the storage does not answer
 */
export const avatarFiles =
  (storage: AvatarStorage): RequestHandler =>
  async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const { path, method } = request;
    const contentType = contentTypeOf(path);
    if (contentType === undefined || !['GET', 'HEAD'].includes(method)) {
      next();
      return;
    }
    const elsewhere = storage.publicUrl(path);
    if (elsewhere !== undefined) {
      response.set('Cache-Control', REDIRECT_CACHE_CONTROL).redirect(elsewhere);
      return;
    }
    const bytes = await storage.read(path);
    if (!bytes) {
      next();
      return;
    }
    const name = path.slice(path.lastIndexOf('/') + 1);
    response
      .set({
        'Content-Type': contentType,
        'Cache-Control': CACHE_CONTROL,
        'X-Content-Type-Options': 'nosniff',
        ETag: `"${name}"`,
      })
      .send(bytes);
  };
