import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface ChoiceOptions extends ParameterOptions {
  /** The values as they stand on the wire. */
  readonly values: readonly string[];
  readonly example?: string;
  readonly description?: string;
}

/** A JSON number as it would be written; -0, which equals 0 everywhere else, stays a number. */
const asText = (value: unknown): unknown =>
  typeof value === 'number' && !Object.is(value, -0) ? String(value) : value;

/** One of a few values, as a string or as the JSON number that is written alike; nothing else. */
export function Choice({
  values,
  example,
  description,
  ...options
}: ChoiceOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => asText(value)),
    rules(
      options,
      rule(
        'isChoice',
        (value) => typeof value === 'string' && values.includes(value),
        options.label,
        message('rule.choice'),
        { values: values.join(', ') },
      ),
    ),
    ApiProperty({
      enum: [...values],
      type: 'string',
      required: !options.optional,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
