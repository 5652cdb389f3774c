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

/** @typedef {import('express').RequestHandler} RequestHandler */

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
  /** @type {RequestHandler} */
  (request, _response, next) => {
    request.body = checkBody(request.body ?? {});
    next();
  },
];

/** @type {RequestHandler} */
const authenticate = async (request, response, next) => {
  const { body, query, headers } = request;
  response.locals.identity = await profile.identify(headers.authorization, body, query);
  next();
};

/** @param {import('express').Response} response @param {{ code: number }} envelope */
function send(response, envelope) {
  response.locals.code = envelope.code;
  response.json(envelope);
}

app.post('/personal/save', parseBody, authenticate, async (request, response) => {
  const { identity, requestId } = response.locals;
  const origin = { requestId, address: request.ip ?? '' };
  send(response, await profile.save(identity, request.body, request.query, origin));
});

for (const method of /** @type {const} */ (['get', 'post'])) {
  app[method]('/personal/index', parseBody, authenticate, async (request, response) => {
    const { identity } = response.locals;
    send(response, await profile.index(identity, request.body, request.query));
  });
}

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

/** @type {import('express').ErrorRequestHandler} */
const onError = (error, _request, response, _next) => {
  const refusal = refusalOf(error, response.locals.requestId);
  send(response.status(refusal.status), refused(refusal));
};
app.use(onError);

const server = app.listen(options.port, '127.0.0.1');
server.keepAliveTimeout = 65_000;
