import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { type Language, type MessageKey, toLanguage } from '../../envelope/message-catalogue.js';
import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures, protocolMessages } from '../../envelope/protocol.failures.js';
import { publicParameter } from './request-context.js';

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
