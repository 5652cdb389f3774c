import { createServer, type RequestListener as ServerListener, type Server } from 'node:http';
import { HttpException, Logger } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { ServerSettings } from '../config/server.settings.js';
import {
  answerClientError,
  answerConnect,
  answerExpectation,
  answerUnavailable,
  noteRequest,
} from './client-error.js';
import { Connections } from './connections.js';
import { Envelope, sendEnvelope } from '../envelope/envelope.js';
import { holdBody } from './body-reading.js';
import { parseQuery } from './query-string.js';

/** How often the limits below are looked at. */
const CHECK_MS = 1_000;

/** A target that HTTP allows and no route has. */
const NOWHERE = '*';

/** Node goes on reading what has come over a connection that was closed. */
const unlessClosed =
  (handle: ServerListener): ServerListener =>
  (request, response) => {
    if (!request.socket.destroyed) handle(request, response);
  };

/**
 * Gives a request whose target cannot be read (`http://[::/`) one that leads nowhere, so that it is
 * answered, counted and logged like any other. Express' router would answer it in its own words,
 * before anything else has seen it.
 */
const withReadableTarget =
  (handle: ServerListener): ServerListener =>
  (request, response) => {
    const target = request.url ?? NOWHERE;
    if (!target.startsWith('/')) request.url = originForm(target);
    handle(request, response);
  };

/** The path and query string of a target that names a host, too. */
function originForm(target: string): string {
  const url = URL.parse(target);
  return url ? url.pathname + url.search : NOWHERE;
}

/**
 * Nest's Express adapter on a server whose own answers are envelopes, too, whose connections are
 * bounded, and which stops without leaving a request unanswered.
 */
export class HttpServerAdapter extends ExpressAdapter {
  private readonly stops = new Logger(HttpServerAdapter.name);
  private connections?: Connections;
  private unknownRoute?: RequestHandler;

  constructor(private readonly limits: ServerSettings) {
    // Nest's constructor makes the router, which reads these.
    super(express().enable('case sensitive routing').set('query parser', parseQuery));
  }

  override initHttpServer(): void {
    const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = this.limits;
    const server: Server = createServer({
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

  /** Sets what answers where no route does; to be called before the application starts. */
  useForUnknownRoutes(handler: RequestHandler): void {
    this.unknownRoute = handler;
  }

  override setNotFoundHandler(
    ...handler: Parameters<ExpressAdapter['setNotFoundHandler']>
  ): unknown {
    return this.unknownRoute ? this.use(this.unknownRoute) : super.setNotFoundHandler(...handler);
  }

  /**
   * The URL as the router has it, see `entryScript`: Nest looks at this one for `MiddlewareConsumer.exclude()`.
   * Middleware is mounted at its route's path, so what is left of the URL may be a slash.
   */
  override getRequestUrl({ baseUrl, url }: Request): string {
    return baseUrl + (baseUrl === '' ? url : url.replace(/^\/(?=\?|$)/, ''));
  }

  /** What Express refuses has a text for developers, in English: it is not the exception's own. */
  override mapException(error: unknown): unknown {
    const mapped: unknown = super.mapException(error);
    return mapped instanceof HttpException
      ? new HttpException({}, mapped.getStatus(), { cause: error })
      : mapped;
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
