import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Envelope } from '../envelope/envelope.js';
import { DEFAULT_LANGUAGE, translate } from '../envelope/message-catalogue.js';
import type { Failure } from '../envelope/protocol.exception.js';
import { protocolFailures, unavailable } from '../envelope/protocol.failures.js';

/** Milliseconds for a client to read the answer before its connection is closed. */
const LINGER_MS = 1_000;

const FAILURES: Readonly<Record<string, Failure>> = {
  HPE_HEADER_OVERFLOW: protocolFailures.headersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: protocolFailures.requestTimeout,
};

/** The answer to the last request that came whole over a connection. */
const lastAnswers = new WeakMap<Duplex, ServerResponse>();

/** Connections on which an error waits for the answers before it. */
const failed = new WeakSet<Duplex>();

/** Remembers what {@link answerClientError} has to wait for. For the server's `request` event. */
export function noteRequest(request: IncomingMessage, response: ServerResponse): void {
  lastAnswers.set(request.socket, response);
}

/**
 * Answers what Node's HTTP parser rejects before there is a request: with an envelope, like
 * everything else, after the answers to the good requests before it. For the server's `clientError`
 * event.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (failed.has(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const answer = () =>
    answerOnSocket(FAILURES[error.code ?? ''] ?? protocolFailures.malformedRequest, socket);
  const last = lastAnswers.get(socket);
  // Where the last request has not come whole, it is the broken one.
  if (last?.req.complete && !last.writableFinished && !last.destroyed) {
    failed.add(socket);
    last.once('finish', answer);
  } else {
    answer();
  }
}

/** Answers a CONNECT, which this service has no use for. For the server's `connect` event. */
export function answerConnect(_request: IncomingMessage, socket: Duplex): void {
  answerOnSocket(protocolFailures.noSuchRoute, socket);
}

/** Gives the answer and closes the connection, whether the client closes its end or not. */
function answerOnSocket(failure: Failure, socket: Duplex): void {
  if (!socket.writable) return;
  const { status, headers, body } = answerOf(failure);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n'));
  // At once, and what the client is still sending would take the answer from it.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

/** Answers a request for which the time is over, because the service stops. */
export function answerUnavailable(response: ServerResponse): void {
  const { failure, headers: retryAfter } = unavailable();
  const { status, headers, body } = answerOf(failure);
  response.writeHead(status, { ...headers, ...retryAfter }).end(body);
}

/** Answers an `Expect` other than `100-continue`. For the server's `checkExpectation` event. */
export function answerExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const { status, headers, body } = answerOf(protocolFailures.expectationFailed);
  response.writeHead(status, headers).end(body);
}

function answerOf(failure: Failure) {
  const body = JSON.stringify(
    new Envelope(translate(DEFAULT_LANGUAGE, failure.message), failure.code, []),
  );
  return {
    status: failure.status ?? 400,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      Connection: 'close',
    },
    body,
  };
}
