// A peer: Express 5 and pg, written by hand. The framework's limit.
import { randomUUID } from 'node:crypto';
import express from 'express';
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

/** @typedef {import('express').Request} Request */
/** @typedef {import('express').Response} Response */
/** @typedef {import('express').NextFunction} NextFunction */

const options = peerOptions();
const profile = new Profile(options);
const app = express();
app.disable('etag');
app.disable('x-powered-by');

app.use((request, response, next) => {
  const start = performance.now();
  const requestId = requestIdOf(request.get('x-request-id'), randomUUID);
  response.locals.requestId = requestId;
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('Cache-Control', 'no-store');
  response.on('close', () => {
    const { identity, code } = response.locals;
    const { method } = request;
    const route = request.route?.path ?? null;
    const userId = identity?.userId ?? null;
    logRequest({ requestId, method, route, status: response.statusCode, code, userId }, start);
  });
  next();
});

const parseBody = [
  express.json({
    limit: BODY_LIMIT,
    verify: (_request, _response, bytes) => refuseForeignBytes(bytes),
  }),
  /** @param {Request} request @param {Response} _response @param {NextFunction} next */
  (request, _response, next) => {
    request.body = checkBody(request.body ?? {});
    next();
  },
];

/** @param {Request} request @param {Response} response @param {NextFunction} next */
async function authenticate({ headers, body, query }, response, next) {
  response.locals.identity = await profile.identify(headers.authorization, body, query);
  next();
}

/** @param {Response} response @param {{ code: number }} envelope */
function send(response, envelope) {
  response.locals.code = envelope.code;
  response.json(envelope);
}

/** @param {Request} request @param {Response} response */
async function save({ body, query, ip }, response) {
  const { identity, requestId } = response.locals;
  send(response, await profile.save(identity, body, query, { requestId, address: ip ?? '' }));
}

/** @param {Request} request @param {Response} response */
async function index({ body, query }, response) {
  send(response, await profile.index(response.locals.identity, body, query));
}

app.post('/personal/save', parseBody, authenticate, save);
app.get('/personal/index', parseBody, authenticate, index);
app.post('/personal/index', parseBody, authenticate, index);

app.use(() => {
  throw noSuchRoute();
});

/** @param {unknown} error @param {string} requestId */
function refusalOf(error, requestId) {
  if (error instanceof Refusal) return error;
  const { type } = /** @type {{ type?: string }} */ (error);
  if (type === 'entity.parse.failed' || type === 'entity.verify.failed') return malformedBody();
  if (type === 'entity.too.large') return bodyTooLarge();
  logger.error({ request_id: requestId, err: error }, 'unexpected error');
  return unexpected(requestId);
}

/**
 * @param {unknown} error
 * @param {Request} _request
 * @param {Response} response
 * @param {NextFunction} next
 */
function onError(error, _request, response, next) {
  if (response.headersSent) return next(error);
  const refusal = refusalOf(error, response.locals.requestId);
  send(response.status(refusal.status), refused(refusal));
}
app.use(onError);

const server = app.listen(options.port, '127.0.0.1');
server.keepAliveTimeout = 65_000;
