import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import express, { type RequestHandler } from 'express';

/** The files below a folder, for caches of so many seconds; whatever is none goes on to the next handler. */
export const staticFiles = (folder: string, maxAgeSeconds: number): RequestHandler =>
  express.static(folder, {
    index: false,
    redirect: false,
    setHeaders: (response) =>
      response.setHeader('Cache-Control', `public, max-age=${maxAgeSeconds}`),
  });

/**
 * The same of a folder that is not the service's own: no symbolic link leads out of it, nothing whose name, or
 * whose folder's, begins with a dot is served, and nothing that is not a file.
 */
export function foreignFiles(folder: string, maxAgeSeconds: number): RequestHandler {
  const files = staticFiles(folder, maxAgeSeconds);
  return async (request, response, next) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && (await isFileOf(folder, request.path))) files(request, response, next);
    else next();
  };
}

/** What says that a name leads to no file. */
const NO_FILE = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES'];

async function isFileOf(folder: string, path: string): Promise<boolean> {
  const name = decoded(path);
  if (name === undefined || name.includes('\0')) return false;
  try {
    const file = await realpath(join(folder, name));
    const place = relative(await realpath(folder), file);
    const isInside = !isAbsolute(place) && !place.split(sep).some((part) => part.startsWith('.'));
    return isInside && (await stat(file)).isFile();
  } catch (error) {
    if (NO_FILE.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
