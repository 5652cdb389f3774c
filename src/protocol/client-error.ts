import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { envelope } from './envelope.js';
import { DEFAULT_LANGUAGE } from './languages.js';
import { translate } from './messages.js';
import type { Failure } from './protocol.exception.js';
import { protocolFailures } from './protocol.failures.js';
import { unavailable } from './retry-later.js';

/** Milliseconds for a client to read the answer before its connection is closed. */
const LINGER_MS = 1_000;

const FAILURES: Readonly<Record<string, Failure>> = {
  HPE_HEADER_OVERFLOW: protocolFailures.headersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: protocolFailures.requestTimeout,
};

/**
 * Answers what Node's HTTP parser rejects before there is a request: with an envelope, like
 * everything else. For the server's `clientError` event.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  answerOnSocket(FAILURES[error.code ?? ''] ?? protocolFailures.malformedRequest, socket);
}

/** Answers a CONNECT, which this service has no use for. For the server's `connect` event. */
export function answerConnect(_request: IncomingMessage, socket: Duplex): void {
  answerOnSocket(protocolFailures.noSuchRoute, socket);
}

/** Gives the answer and closes the connection, whether the client closes its end or not. */
function answerOnSocket(failure: Failure, socket: Duplex): void {
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
    envelope(translate(DEFAULT_LANGUAGE, failure.message), failure.code, []),
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
