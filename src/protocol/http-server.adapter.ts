import { createServer, type RequestListener, type Server } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import {
  answerClientError,
  answerConnect,
  answerExpectation,
  noteRequest,
} from './client-error.js';
import { holdBody } from './expected-body.js';

/** Milliseconds for a request's headers, and for the whole of it, to arrive. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** How often those times are looked at. */
const CONNECTIONS_CHECK_MS = 1_000;

/** Nest's Express adapter on a server whose own answers are envelopes, too. */
export class HttpServerAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    const handle = this.getInstance<RequestListener>();
    const server: Server = createServer(
      {
        headersTimeout: HEADERS_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
        // Refused by `requireHost`, which answers with an envelope.
        requireHostHeader: false,
      },
      handle,
    );
    server.on('request', noteRequest);
    server.on('clientError', answerClientError);
    server.on('checkContinue', holdBody(handle));
    server.on('checkExpectation', answerExpectation);
    server.on('connect', answerConnect);
    this.httpServer = server;
  }
}
