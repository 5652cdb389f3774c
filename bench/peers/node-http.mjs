// A peer: node:http and pg, written by hand. The runtime's limit.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { parse as parseQuery } from 'node:querystring';
import { BODY_LIMIT, checkBody, refuseForeignBytes, requestIdOf } from './shared/checks.mjs';
import {
  bodyTooLarge,
  malformedBody,
  noSuchRoute,
  Refusal,
  refused,
  unexpected,
} from './shared/failures.mjs';
import { peerOptions, Profile } from './shared/profile.mjs';
import { logger, logRequest } from './shared/request-log.mjs';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */

const options = peerOptions();
const profile = new Profile(options);

/** @type {Readonly<Record<string, readonly string[]>>} */
const METHODS = {
  '/personal/save': ['POST'],
  '/personal/index': ['GET', 'POST'],
};

/** @param {IncomingMessage} request @returns {Promise<Buffer>} */
function bytesOf(request) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let size = 0;
    request.on('data', (/** @type {Buffer} */ chunk) => {
      size += chunk.length;
      if (size > BODY_LIMIT) reject(bodyTooLarge());
      else chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)),
    );
    request.on('error', reject);
  });
}

/** @param {IncomingMessage} request */
async function bodyOf(request) {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return {};
  const bytes = await bytesOf(request);
  refuseForeignBytes(bytes);
  try {
    return checkBody(JSON.parse(bytes.toString()));
  } catch (error) {
    throw error instanceof SyntaxError ? malformedBody() : error;
  }
}

/**
 * @param {IncomingMessage} request
 * @param {{ requestId: string, route: string | null, userId: string | null }} told
 */
async function answer(request, told) {
  const url = request.url ?? '';
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  if (!METHODS[path]?.includes(request.method ?? '')) throw noSuchRoute();
  told.route = path;
  const query = question < 0 ? {} : parseQuery(url.slice(question + 1));
  const body = await bodyOf(request);
  const identity = await profile.identify(request.headers.authorization, body, query);
  told.userId = identity.userId;
  if (path === '/personal/index') return profile.index(identity, body, query);
  const origin = { requestId: told.requestId, address: request.socket.remoteAddress ?? '' };
  return profile.save(identity, body, query, origin);
}

/** @param {unknown} error @param {string} requestId */
function refusalOf(error, requestId) {
  if (error instanceof Refusal) return error;
  logger.error({ request_id: requestId, err: error }, 'unexpected error');
  return unexpected(requestId);
}

const server = createServer(async (request, response) => {
  const start = performance.now();
  const requestId = requestIdOf(request.headers['x-request-id'], randomUUID);
  const told = { requestId, route: null, userId: null };
  let status = 200;
  let envelope;
  try {
    envelope = await answer(request, told);
  } catch (error) {
    const refusal = refusalOf(error, requestId);
    status = refusal.status;
    envelope = refused(refusal);
  }
  const bytes = Buffer.from(JSON.stringify(envelope));
  response.on('close', () => {
    logRequest({ ...told, method: request.method, status, code: envelope.code }, start);
  });
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
  });
  response.end(bytes);
});
server.keepAliveTimeout = 65_000;
server.listen(options.port, '127.0.0.1');
