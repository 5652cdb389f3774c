import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { isISO8601 } from 'class-validator';
import { protocolMessages as message } from '../protocol.messages.js';
import { today } from '../time.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface PastDateOptions extends ParameterOptions {
  /** The earliest date, `YYYY-MM-DD`. */
  readonly min: string;
  readonly example?: string;
  readonly description?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

const isDate = (value: unknown): boolean =>
  value === '' ||
  (typeof value === 'string' && DATE.test(value) && isISO8601(value, { strict: true }));

/** A calendar date up to today in the shop's zone, or `""`, which clears the column. */
export function PastDate({
  min,
  example,
  description,
  ...options
}: PastDateOptions): PropertyDecorator {
  const { label } = options;
  return applyDecorators(
    rules(
      options,
      rule('isDate', isDate, label, message('rule.dateFormat')),
      rule(
        'isPastDate',
        (value) => value === '' || ((value as string) >= min && (value as string) <= today()),
        label,
        message('rule.pastDate'),
        { min },
      ),
    ),
    ApiProperty({
      type: 'string',
      required: !options.optional,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
