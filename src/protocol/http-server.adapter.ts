import { createServer, type RequestListener as ServerListener, type Server } from 'node:http';
import { Logger } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, RequestHandler, Response } from 'express';
import type { ServerSettings } from '../config/server.settings.js';
import {
  answerClientError,
  answerConnect,
  answerExpectation,
  answerUnavailable,
  noteRequest,
} from './client-error.js';
import { Connections } from './connections.js';
import { Envelope, sendEnvelope } from './envelope.js';
import { holdBody } from './expected-body.js';
import { withReadableTarget } from './readable-target.js';
import { requestClasses } from './request-classes.js';

/** How often the limits below are looked at. */
const CHECK_MS = 1_000;

const pass: RequestHandler = (_request, _response, next) => next();

/** Node goes on reading what has come over a connection that was closed. */
const unlessClosed =
  (handle: ServerListener): ServerListener =>
  (request, response) => {
    if (!request.socket.destroyed) handle(request, response);
  };

/** How Nest registers a handler; always with a path. */
type Route = [handler: unknown] | [path: unknown, handler: unknown];

/**
 * Nest's Express adapter on a server whose own answers are envelopes, too, whose connections are
 * bounded, and which stops without leaving a request unanswered.
 */
export class HttpServerAdapter extends ExpressAdapter {
  private readonly stops = new Logger(HttpServerAdapter.name);
  private connections?: Connections;
  private readonly handlers = new Map<string, RequestHandler>();

  constructor(private readonly limits: ServerSettings) {
    super();
  }

  override initHttpServer(): void {
    const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = this.limits;
    const server: Server = createServer({
      ...requestClasses(this.getInstance<Express>()),
      headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: CHECK_MS,
      // Refused by `requireHost`, which answers with an envelope.
      requireHostHeader: false,
    });
    // Later than the answers to those who are late with their request.
    server.timeout = requestTimeoutMs + 2 * CHECK_MS;
    this.connections = new Connections(server, this.limits.maxConnections);
    const handle = unlessClosed(withReadableTarget(this.getInstance<ServerListener>()));
    server.on('request', noteRequest);
    server.on('request', handle);
    server.on('clientError', answerClientError);
    server.on('checkContinue', noteRequest);
    server.on('checkContinue', holdBody(handle));
    server.on('checkExpectation', answerExpectation);
    server.on('connect', answerConnect);
    this.httpServer = server;
  }

  /**
   * Nest's own handler of the request's action, see {@link Action}: it is known by its path, so that
   * Express need not match every route in turn.
   */
  readonly dispatch: RequestHandler = (request, response, next): unknown => {
    const handler = this.handlers.get(request.context.action?.path ?? '') ?? pass;
    return handler(request, response, next);
  };

  override get(...route: Route): unknown {
    return this.register('get', route);
  }

  override post(...route: Route): unknown {
    return this.register('post', route);
  }

  override all(...route: Route): unknown {
    return this.register('all', route);
  }

  private register(method: 'get' | 'post' | 'all', route: Route): unknown {
    const [path, handler] = route as [string, RequestHandler];
    this.handlers.set(path, handler);
    return this.getInstance<Express>()[method](path, handler);
  }

  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!(body instanceof Envelope)) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.statusCode = statusCode;
    sendEnvelope(response, body);
    return response;
  }

  /** The first that happens when the service is asked to stop; it still answers everything. */
  override beforeClose(): void {
    super.beforeClose();
    this.connections?.answerLast();
  }

  /** Stops listening, and answers what it has been asked. */
  override async close(): Promise<void> {
    await this.connections?.settle();
    const closed = super.close();
    const refused = await this.connections?.drain(this.limits.shutdownTimeoutMs, answerUnavailable);
    await closed;
    if (refused) this.stops.warn({ msg: 'stopped before all was answered', requests: refused });
  }
}
