import express, { type Request, type Response } from 'express';
import { inviteBody } from './expected-body.js';
import { ProtocolException } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';

/**
 * Reads a body whole, and decompresses it.
 *
 * @param limit bytes, after decompression
 * @param tooLarge thrown for a larger one: before it has come, where it says its length
 * @throws ProtocolException malformed or broken off; unsupported compression
 */
export async function readBytes(
  request: Request,
  response: Response,
  limit: number,
  tooLarge: () => ProtocolException,
): Promise<Buffer> {
  if (announcedBytes(request) > limit) throw tooLarge();
  inviteBody(response);
  const read = express.raw({ limit, type: () => true });
  const error = await new Promise<unknown>((resolve) => read(request, response, resolve));
  if (error === undefined && Buffer.isBuffer(request.body)) return request.body;
  const { type } = (error ?? {}) as { type?: string };
  if (type === 'entity.too.large') throw tooLarge();
  const failure =
    type === 'encoding.unsupported'
      ? protocolFailures.unsupportedType
      : protocolFailures.malformedBody;
  throw new ProtocolException(failure, {}, {}, error);
}

/** The length that a request says its body has; 0 where it says none. */
export const announcedBytes = (request: Request): number =>
  Number(request.headers['content-length'] ?? 0);
