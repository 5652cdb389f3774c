import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface IdOptions extends ParameterOptions {
  readonly example?: string;
  readonly description?: string;
}

/** The greatest value of PostgreSQL's bigint, so that what passes may go into a statement. */
const MAX = 9_223_372_036_854_775_807n;

const DIGITS = /^(0|[1-9]\d{0,18})$/;

const isId = (value: unknown): boolean =>
  typeof value === 'string' && DIGITS.test(value) && BigInt(value) <= MAX;

/** A JSON number as it would be written; -0 and what a number cannot tell apart stay numbers. */
const asText = (value: unknown): unknown => {
  if (value === '') return '0';
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : value;
};

/**
 * A row's id as text: digits without a leading zero, or the JSON number that is written alike. 0
 * means no row, and so does an empty value, which clients send for it.
 */
export function Id({ example, description, ...options }: IdOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => asText(value)),
    rules(
      options,
      rule('isId', isId, options.label, message('rule.pattern'), { pattern: `0–${String(MAX)}` }),
    ),
    ApiProperty({
      type: 'string',
      maxLength: String(MAX).length,
      pattern: DIGITS.source,
      required: !options.optional,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
