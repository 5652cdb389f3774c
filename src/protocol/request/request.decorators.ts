import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import type { Request } from 'express';
import { addressOf } from '../../http/client-address.js';
import { ApiQueryOf } from '../openapi/openapi.decorators.js';
import { originOf } from './origin.js';
import { languageOf, bodyOf, publicParameter } from './request-context.js';
import { ParameterPipe } from '../validation/parameter.pipe.js';

const requestOf = (context: ExecutionContext): Request =>
  context.switchToHttp().getRequest<Request>();

/** The `Identity` of who makes the request; undefined only on a `@Public()` route. */
export const CurrentUser = createParamDecorator(
  (_: undefined, context) => requestOf(context).context.identity,
);

/** The request's `Language`. */
export const CurrentLanguage = createParamDecorator((_: undefined, context) =>
  languageOf(requestOf(context)),
);

/** The request's `Origin`. */
export const CurrentOrigin = createParamDecorator((_: undefined, context) =>
  originOf(requestOf(context)),
);

/** The address that the request came from, as far as `TRUST_PROXY` believes it. */
export const ClientAddress = createParamDecorator((_: undefined, context) =>
  addressOf(requestOf(context)),
);

/** Clients make it up at random. */
const UUID = /^[A-Za-z0-9_-]{1,64}$/;

/** The client's own identifier, its `uuid`; undefined where it has none of the right form. */
export const ClientUuid = createParamDecorator((_: undefined, context) => {
  const given = publicParameter(requestOf(context), 'uuid');
  return typeof given === 'string' && UUID.test(given) ? given : undefined;
});

const QueryAndBody = createParamDecorator((_: undefined, context) => {
  const request = requestOf(context);
  return { ...request.context.query, ...bodyOf(request) };
});

/** A read's own parameters, from the query string and the body; the body wins. Described in the query. */
export const Parameters = (): ParameterDecorator => (controller, handler, index) => {
  if (handler === undefined) throw new Error("@Parameters() is for a handler's parameter");
  const types = Reflect.getMetadata('design:paramtypes', controller, handler) as Type<unknown>[];
  const descriptor = Object.getOwnPropertyDescriptor(controller, handler);
  const dto = types[index];
  if (descriptor && dto) ApiQueryOf(dto)(controller, handler, descriptor);
  QueryAndBody(new ParameterPipe(true))(controller, handler, index);
};

/** The file of an `@Upload()` route as a Buffer; undefined where the request has none. */
export const UploadedBytes = createParamDecorator(
  (_: undefined, context) => requestOf(context).context.file,
);
