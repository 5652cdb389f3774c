import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface PatternOptions extends ParameterOptions {
  /** Matches the whole value. */
  readonly pattern: RegExp;
  /** Characters at most, looked at before the pattern is. */
  readonly max: number;
  /** The pattern for people, e.g. `1–60 a-z 0-9`. */
  readonly shown: string;
  readonly example?: string;
  readonly description?: string;
}

/** A string of a certain form, taken as it is sent. */
export function Pattern({
  pattern,
  max,
  shown,
  example,
  description,
  ...options
}: PatternOptions): PropertyDecorator {
  return applyDecorators(
    rules(
      options,
      rule(
        'hasPattern',
        (value) => typeof value === 'string' && value.length <= max && pattern.test(value),
        options.label,
        message('rule.pattern'),
        { pattern: shown },
      ),
    ),
    ApiProperty({
      type: 'string',
      required: !options.optional,
      maxLength: max,
      pattern: pattern.source,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
