import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Request, type Response } from 'express';
import { ProtocolException } from '../envelope/protocol.exception.js';
import { protocolFailures } from '../envelope/protocol.failures.js';

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

const OPTIONS = { fatal: true, ignoreBOM: true };

const UTF8 = new TextDecoder('utf-8', OPTIONS);

/**
 * The decoder of a `charset` parameter, known by any name of the Encoding Standard or by IANA's
 * `csUTF8`, in any case, quoted or not. It refuses bytes that the charset does not have, which would
 * otherwise be replaced in silence, and keeps a byte order mark.
 *
 * @throws ProtocolException unsupported type, for an unknown charset
 */
export function decoderOf(charset?: string): TextDecoder {
  if (charset === undefined) return UTF8;
  const label = charset.replace(/^'(.*)'$/, '$1').replace(/^csutf8$/i, 'utf-8');
  try {
    return new TextDecoder(label, OPTIONS);
  } catch (error) {
    throw new ProtocolException(protocolFailures.unsupportedType, {}, {}, error);
  }
}

/**
 * Decodes a body or a part of one.
 *
 * @param charset the `charset` parameter; UTF-8 where there is none
 * @throws ProtocolException unsupported type; malformed, for bytes that the charset does not have
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const decoder = decoderOf(charset);
  return orMalformed(() => decoder.decode(bytes));
}

/** @throws ProtocolException malformed body, for any error of the parser */
export function orMalformed<Parsed>(parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    throw new ProtocolException(protocolFailures.malformedBody, {}, {}, error);
  }
}

/** The answers to requests whose body waits, with what their connection was to do after them. */
const waiting = new WeakMap<ServerResponse, boolean>();

/**
 * Makes the body of an `Expect: 100-continue` wait until it is asked for. For the server's
 * `checkContinue` event.
 *
 * An answer without that ends the connection: what comes next could be the body or a request.
 *
 * @param handle what handles every request
 */
export const holdBody =
  (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    waiting.set(response, response.shouldKeepAlive);
    response.shouldKeepAlive = false;
    handle(request, response);
  };

/** Asks for the body, where it waits; to be called before it is read. */
function inviteBody(response: ServerResponse): void {
  const shouldKeepAlive = waiting.get(response);
  if (shouldKeepAlive === undefined) return;
  waiting.delete(response);
  response.shouldKeepAlive = shouldKeepAlive;
  response.writeContinue();
}
