import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Language, type MessageKey, toLanguage } from '../../envelope/message-catalogue.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures, protocolMessages } from '../../envelope/protocol.failures.js';
import { type Parameters, parseQuery } from '../../http/query-string.js';
import type { RequestTrace } from '../../tracing/tracing.js';
import type { Identity } from '../auth/token-resolver.js';
import type { Action } from '../routing/action.guard.js';

/** What the protocol knows of one request, filled in on its way. */
export interface RequestContext {
  /** In the answer's `X-Request-Id` and in the log. */
  readonly requestId: string;
  /** The query string, parsed once. */
  readonly query: Parameters;
  /** Whether the path was named through `/api.php`. */
  isEntryScript?: boolean;
  /** What the router has found, once it has. */
  action?: Action;
  /** Who asks, once the token is resolved. */
  identity?: Identity;
  /** The caller that the request was counted for, see `RequestLimiter`. */
  countedAs?: string;
  publicParameters?: PublicParameters;
  /** The file of an `@Upload()` route's request. */
  file?: Buffer;
  /** Where tracing is on. */
  trace?: RequestTrace;
  /** The answer's code, for the log and the figures. */
  code?: number;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** Set by the request context middleware, on every request. */
    context: RequestContext;
  }
}

const NONE: Parameters = Object.freeze({});

/** The parsed body; an absent one is empty. */
export const bodyOf = (request: Request): Parameters =>
  (request.body as Parameters | undefined) ?? NONE;

/**
 * A public parameter: from the body, else from the query string. An empty one counts as absent, for
 * clients send `token=` when they are signed out.
 */
export function publicParameter(request: Request, name: string): unknown {
  for (const source of [bodyOf(request), request.context.query]) {
    const value = source[name];
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/** The form of a request id that a caller may give: it cannot forge a log line or a header. */
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives the request its context and the answer the headers that every answer has. */
export function requestContext(request: Request, response: Response, next: NextFunction): void {
  const given = request.get('x-request-id');
  const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
  const question = request.url.indexOf('?');
  request.context = {
    requestId,
    query: question < 0 ? {} : parseQuery(request.url.slice(question + 1)),
  };
  response.setHeader('X-Request-Id', requestId);
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/**
 * Refuses what HTTP forbids: a request without a host, or with several.
 *
 * @throws ProtocolException malformed
 */
export function requireHost(request: Request, _response: Response, next: NextFunction): void {
  const hosts = request.rawHeaders.filter(
    (header, index) => index % 2 === 0 && header.toLowerCase() === 'host',
  ).length;
  if (hosts > 1 || (hosts === 0 && request.httpVersion === '1.1')) {
    throw new ProtocolException(protocolFailures.malformedRequest);
  }
  next();
}

export const APPLICATIONS = ['web', 'app'] as const;

export const CLIENT_TYPES = [
  'pc',
  'h5',
  'ios',
  'android',
  'weixin',
  'alipay',
  'baidu',
  'toutiao',
  'qq',
  'kuaishou',
] as const;

export type Application = (typeof APPLICATIONS)[number];
export type ClientType = (typeof CLIENT_TYPES)[number];

/** What every ShopXO client says of itself with every request. */
export interface PublicParameters {
  readonly application: Application;
  readonly clientType: ClientType;
  /** 1–60 of `a-z A-Z 0-9 _ -`. */
  readonly systemType: string;
}

const SYSTEM_TYPE = /^[A-Za-z0-9_-]{1,60}$/;
const SYSTEM_TYPE_RULE = '1–60 a-z A-Z 0-9 _ -';

/**
 * Reads the public parameters of a request.
 *
 * @throws ProtocolException naming the first that is present but unknown, and its values
 */
export function readPublicParameters(request: Request): PublicParameters {
  return {
    application: choice(request, 'application', APPLICATIONS, 'web'),
    clientType: choice(request, 'application_client_type', CLIENT_TYPES, 'pc'),
    systemType: systemType(request),
  };
}

/** The request's language: its `lang`, whatever else is wrong with it. */
export const languageOf = (request: Request): Language =>
  toLanguage(publicParameter(request, 'lang'));

function choice<Value extends string>(
  request: Request,
  name: 'application' | 'application_client_type',
  values: readonly Value[],
  fallback: Value,
): Value {
  const given = publicParameter(request, name);
  if (given === undefined) return fallback;
  const value = values.find((one) => one === given);
  if (value === undefined) {
    const label: MessageKey = protocolMessages(`field.${name}`);
    throw new ProtocolException(protocolFailures.notAChoice, {
      label,
      field: name,
      values: values.join(', '),
    });
  }
  return value;
}

function systemType(request: Request): string {
  const given = publicParameter(request, 'system_type');
  if (given === undefined) return 'default';
  if (typeof given === 'string' && SYSTEM_TYPE.test(given)) return given;
  throw new ProtocolException(protocolFailures.notOfPattern, {
    label: protocolMessages('field.system_type'),
    field: 'system_type',
    pattern: SYSTEM_TYPE_RULE,
  });
}

/** Checks the public parameters after the token and before the endpoint's own parameters. */
@Injectable()
export class PublicParametersGuard implements CanActivate {
  /** @throws ProtocolException naming the first that is present but unknown, and its values */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!request.context.action?.plain) {
      request.context.publicParameters ??= readPublicParameters(request);
    }
    return true;
  }
}
