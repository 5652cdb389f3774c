import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConsumes,
  ApiDefaultResponse,
  ApiExtension,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
} from '@nestjs/swagger';
import type { Envelope } from '../../envelope/envelope.js';
import { LANGUAGES } from '../../envelope/message-catalogue.js';
import { APPLICATIONS, CLIENT_TYPES } from '../request/request-context.js';
import { ResultCode } from '../../envelope/protocol.exception.js';

/** The parts of an OpenAPI schema that this project writes by hand. */
export interface Schema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly description?: string;
  readonly properties?: Record<string, Schema>;
  readonly required?: string[];
  readonly items?: Schema;
  readonly enum?: unknown[];
  readonly oneOf?: Schema[];
  /** Whether it may be null instead. */
  readonly nullable?: boolean;
  readonly example?: unknown;
}

/** An object whose properties are all there, in this order. */
export const objectSchema = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

/** `data` of an action that has nothing to tell. */
export const EMPTY_SCHEMA: Schema = { type: 'string', enum: [''], description: 'Empty.' };

/** The envelope around a success's data. */
const envelopeSchema = (data: Schema): Schema =>
  objectSchema({
    msg: { type: 'string', description: "For people, in the request's language." },
    code: { type: 'integer', description: '0 is success; a failure is negative and data is [].' },
    data,
  });

const FAILURE_SCHEMA = envelopeSchema({ type: 'array', description: 'Empty.', items: {} });

const FAILURE_EXAMPLE: Envelope = { msg: 'error', code: ResultCode.invalidParameter, data: [] };

interface ActionDescription {
  /** One sentence without a full stop. */
  readonly summary: string;
  readonly description?: string;
  readonly data: Schema;
  readonly example: Envelope;
  /** Whether callers need a token. */
  readonly token: 'required' | 'optional' | 'none';
}

/** Describes an action: its answer in the envelope, its public parameters, its token. */
export const ApiAction = ({ data, example, ...action }: ActionDescription): MethodDecorator =>
  describe(action, { 'application/json': { schema: envelopeSchema(data), example } });

/** Describes an action whose success is a picture (see `StreamableFile`); its failures are envelopes. */
export const ApiPictureAction = ({
  type,
  ...action
}: Omit<ActionDescription, 'data' | 'example'> & {
  /** A content type, e.g. `image/png`. */
  readonly type: string;
}): MethodDecorator => describe(action, { [type]: { schema: { type: 'string' } } });

function describe(
  { summary, description, token }: Omit<ActionDescription, 'data' | 'example'>,
  content: Record<string, { schema: Schema; example?: Envelope }>,
): MethodDecorator {
  const parameter = (name: string, values: readonly string[], fallback: string) =>
    ApiQuery({
      name,
      required: false,
      schema: { type: 'string', enum: [...values], default: fallback },
    });
  return applyDecorators(
    ApiOperation({ summary, ...(description !== undefined && { description }) }),
    parameter('application', APPLICATIONS, 'web'),
    parameter('application_client_type', CLIENT_TYPES, 'pc'),
    ApiQuery({
      name: 'system_type',
      required: false,
      schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,60}$', default: 'default' },
    }),
    parameter('lang', LANGUAGES, 'zh'),
    ...(token === 'none' ? [] : [ApiBearerAuth()]),
    ApiOkResponse({ content }),
    ApiDefaultResponse({
      description:
        'A failure, nothing changed. Failures that a ShopXO client reads travel on HTTP 200; those ' +
        'of transport and infrastructure carry their own status.',
      content: { 'application/json': { schema: FAILURE_SCHEMA, example: FAILURE_EXAMPLE } },
    }),
  );
}

/** The extension that names the DTO of an operation's own query parameters. */
export const QUERY_DTO = 'x-query-dto';

/**
 * Describes a DTO's properties as parameters of the query, with all that their `@ApiProperty()` says;
 * `ApiQuery({ type })` would lose the choices of an `enum`.
 */
export const ApiQueryOf = (dto: Type<unknown>): MethodDecorator =>
  applyDecorators(ApiExtraModels(dto), ApiExtension(QUERY_DTO, dto.name));

/** An action that takes a body, in any of the three types. */
export const ApiBodyTypes = (): MethodDecorator =>
  ApiConsumes('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data');
