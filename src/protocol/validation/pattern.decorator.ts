import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';

interface PatternOptions extends ParameterOptions {
  /** Matches the whole value. */
  readonly pattern: RegExp;
  /** The pattern for people, e.g. `1–60 a-z 0-9`. */
  readonly shown: string;
  readonly example?: string;
  readonly description?: string;
}

/** A string of a certain form, taken as it is sent. */
export function Pattern({
  pattern,
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
        (value) => typeof value === 'string' && pattern.test(value),
        options.label,
        message('rule.pattern'),
        { pattern: shown },
      ),
    ),
    ApiProperty({
      type: 'string',
      required: !options.optional,
      pattern: pattern.source,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
