import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { finalDatabaseError, refusedValueState } from '../database/database-errors.js';
import { SecurityLog } from '../logging/security-log.js';
import { Envelope, sendEnvelope } from '../envelope/envelope.js';
import {
  type Language,
  type MessageArguments,
  type MessageKey,
  translate,
} from '../envelope/message-catalogue.js';
import { type Failure, ProtocolException } from '../envelope/protocol.exception.js';
import { protocolFailures, unavailable } from '../envelope/protocol.failures.js';
import { addressOf } from '../http/client-address.js';
import { CallerResolver } from './auth/token.guard.js';
import { bodyOf, languageOf } from './request/request-context.js';
import { refusalOf } from './http-exceptions.js';
import { trimBlank } from './validation/text.decorators.js';

/** Headers of an answer that was begun and is not given. */
const ABANDONED_HEADERS = [
  'Accept-Ranges',
  'Content-Encoding',
  'Content-Length',
  'Content-Type',
  'ETag',
  'Last-Modified',
];

/** Turns every failure, from whatever layer, into an envelope that gives nothing away. */
@Catch()
export class EnvelopeFilter implements ExceptionFilter {
  private readonly logger = new Logger(EnvelopeFilter.name);

  constructor(
    private readonly security: SecurityLog,
    private readonly callers: CallerResolver,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = finalDatabaseError(thrown);
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    // Refused as unavailable while its body was coming.
    if (response.writableEnded) return;
    if (request.context.action?.plain && error instanceof HttpException) {
      response.status(error.getStatus()).json(error.getResponse());
      return;
    }
    const { failure, args, headers } = this.toProtocolException(error, request);
    request.context.code = failure.code;
    if (failure === protocolFailures.notLoggedIn) this.callers.forget(request);
    this.report(failure, request);
    if (response.headersSent) {
      // Half an answer is out; cutting it off tells the client that it is not whole.
      response.destroy();
      return;
    }
    for (const name of ABANDONED_HEADERS) response.removeHeader(name);
    const language = languageOf(request);
    const text = translate(language, failure.message, localise(language, args));
    response.status(failure.status ?? 200).set({ 'Cache-Control': 'no-store', ...headers });
    sendEnvelope(response, new Envelope(text, failure.code, []));
  }

  private report({ securityEvent }: Failure, request: Request): void {
    if (!securityEvent) return;
    const { requestId } = request.context;
    const account = accountOf(request);
    this.security.report(securityEvent, {
      requestId,
      address: addressOf(request),
      ...(account !== undefined && { account }),
    });
  }

  private toProtocolException(error: unknown, request: Request): ProtocolException {
    if (error instanceof ProtocolException) return error;
    const { requestId } = request.context;
    if (error instanceof HttpException) {
      if (error.getStatus() === 503) {
        this.logger.warn({ msg: 'unavailable', request_id: requestId, err: error.cause });
        return unavailable(error.cause);
      }
      const refusal = refusalOf(error, request.res);
      if (refusal) return refusal;
    }
    const sqlstate = refusedValueState(error);
    if (sqlstate !== undefined) {
      this.logger.warn({ msg: 'the database refused a value', request_id: requestId, sqlstate });
      return new ProtocolException(protocolFailures.unstorable);
    }
    this.logger.error({ msg: 'unexpected error', request_id: requestId, err: error });
    return new ProtocolException(protocolFailures.unexpected, { requestId });
  }
}

/** The account that a request is about: as a parameter names it, trimmed, or else of its session. */
function accountOf(request: Request): string | undefined {
  const { action, identity } = request.context;
  const named = action?.account === undefined ? undefined : bodyOf(request)[action.account];
  if (typeof named === 'string') return trimBlank(named);
  return identity && `id:${identity.userId}`;
}

/** Replaces an argument that is itself a message key, such as a field's label, by its text. */
function localise(language: Language, args: MessageArguments): MessageArguments {
  const { label } = args;
  if (typeof label !== 'string') return args;
  return { ...args, label: translate(language, label as MessageKey) };
}
