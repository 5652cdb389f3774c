import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
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

/** JavaScript takes February 30th for the first or second of March. */
const isDay = (day: Date, text: string): boolean =>
  !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);

const isDate = (value: unknown): boolean =>
  value === '' ||
  (typeof value === 'string' && DATE.test(value) && isDay(new Date(`${value}T00:00:00Z`), value));

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
      maxLength: 'YYYY-MM-DD'.length,
      required: !options.optional,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
