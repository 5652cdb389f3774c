import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';
import { hasLength } from './text-length.js';

export interface VerbatimOptions extends ParameterOptions {
  /** Code points at most. */
  readonly max: number;
  /** OpenAPI's `format`, e.g. `password`. */
  readonly format?: string;
  readonly example?: string;
  readonly description?: string;
  /** The module refuses longer text itself, with a code of its own. `max` is only described here. */
  readonly moduleRefusesLonger?: boolean;
}

/** A string parameter exactly as it was sent, neither trimmed nor normalised. Empty is absent. */
export function Verbatim({
  max,
  format,
  example,
  description,
  moduleRefusesLonger = false,
  ...options
}: VerbatimOptions): PropertyDecorator {
  const { label, optional = false } = options;
  return applyDecorators(
    rules(
      options,
      rule('isString', (value) => typeof value === 'string', label, message('rule.text')),
      rule(
        'hasLength',
        (value) => moduleRefusesLonger || hasLength(value as string, 0, max),
        label,
        message('rule.maximumLength'),
        { max },
      ),
      rule('isFilled', (value) => optional || value !== '', label, message('rule.required')),
    ),
    ApiProperty({
      type: 'string',
      required: !optional,
      maxLength: max,
      ...(format !== undefined && { format }),
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
