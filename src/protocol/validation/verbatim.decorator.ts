import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface VerbatimOptions extends ParameterOptions {
  /** OpenAPI's `format`, e.g. `password`. */
  readonly format?: string;
  readonly example?: string;
  readonly description?: string;
}

/** A string parameter exactly as it was sent, neither trimmed nor normalised. Empty is absent. */
export function Verbatim({
  format,
  example,
  description,
  ...options
}: VerbatimOptions): PropertyDecorator {
  const { label, optional = false } = options;
  return applyDecorators(
    rules(
      options,
      rule('isString', (value) => typeof value === 'string', label, message('rule.text')),
      rule('isFilled', (value) => optional || value !== '', label, message('rule.required')),
    ),
    ApiProperty({
      type: 'string',
      required: !optional,
      ...(format !== undefined && { format }),
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
