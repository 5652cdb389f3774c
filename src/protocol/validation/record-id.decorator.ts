import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface RecordIdOptions extends ParameterOptions {
  /** Words that are taken besides ids. */
  readonly also?: readonly string[];
  readonly example?: string;
  readonly description?: string;
}

const MAX_DIGITS = 18;

/** Fits PostgreSQL's bigint. */
const ID = /^[1-9]\d{0,17}$/;

/** A row's id, as a string or as the JSON number that is written alike. */
export function RecordId({
  also = [],
  example,
  description,
  ...options
}: RecordIdOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      Number.isSafeInteger(value) ? String(value) : value,
    ),
    rules(
      options,
      rule(
        'isRecordId',
        (value) => typeof value === 'string' && (ID.test(value) || also.includes(value)),
        options.label,
        message('rule.pattern'),
        { pattern: ['1–999999999999999999', ...also].join(', ') },
      ),
    ),
    ApiProperty({
      type: 'string',
      maxLength: Math.max(MAX_DIGITS, ...also.map(({ length }) => length)),
      required: !options.optional,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
