import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface WholeNumberOptions extends ParameterOptions {
  readonly min: number;
  readonly max: number;
  /** Whether `''` is taken too, and left as it is, for forms that send every field. */
  readonly allowEmpty?: boolean;
  readonly example?: number;
  readonly description?: string;
}

const WRITTEN = /^(0|-?[1-9]\d{0,14})$/;

/** A whole number, as decimal digits or as a JSON number, without sign, point or leading zeros. */
export function WholeNumber({
  min,
  max,
  allowEmpty = false,
  example,
  description,
  ...options
}: WholeNumberOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && WRITTEN.test(value) ? Number(value) : value,
    ),
    rules(
      options,
      rule(
        'isWholeNumber',
        (value) =>
          (allowEmpty && value === '') ||
          (Number.isInteger(value) && (value as number) >= min && (value as number) <= max),
        options.label,
        message('rule.wholeNumber'),
        { min, max },
      ),
    ),
    ApiProperty({
      type: 'integer',
      required: !options.optional,
      minimum: min,
      maximum: max,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
