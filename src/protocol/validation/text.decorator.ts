import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { protocolMessages as message } from '../protocol.messages.js';
import { type ParameterOptions, rule, rules } from './rule.js';
import { hasLength, isWorkable } from './text-length.js';

interface TextOptions extends ParameterOptions {
  /** Code points at least; 0 lets `""` clear the column. With 1 or more, one must be visible. */
  readonly min?: number;
  /** Code points at most. */
  readonly max: number;
  readonly example?: string;
  readonly description?: string;
}

/**
 * Control characters (NUL and line breaks among them), the two Unicode line separators, the
 * embeddings, overrides and isolates of text direction, and halves of surrogate pairs.
 */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/**
 * A letter, digit, punctuation mark or symbol that draws something: not one of those that Unicode
 * counts as letters but calls ignorable (the Hangul fillers), nor the blank Braille pattern.
 */
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** Trimmed and in NFC, the form that is checked and stored; too long a text is left as it is. */
const normalise = (value: unknown, max: number): unknown =>
  typeof value === 'string' && isWorkable(value, max) ? value.trim().normalize('NFC') : value;

/** Whether a value is text for which a check holds; other types are another rule's business. */
const text =
  (holds: (value: string) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'string' && holds(value);

/** A string parameter, trimmed and in NFC before its rules are applied and before it is stored. */
export function Text({
  min = 0,
  max,
  example,
  description,
  ...options
}: TextOptions): PropertyDecorator {
  const { label } = options;
  const length = min > 0 ? message('rule.length') : message('rule.maximumLength');
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => normalise(value, max)),
    rules(
      options,
      rule(
        'isText',
        text(() => true),
        label,
        message('rule.text'),
      ),
      rule(
        'isWorkable',
        text((value) => isWorkable(value, max)),
        label,
        length,
        { min, max },
      ),
      rule(
        'hasNoForbidden',
        text((value) => !FORBIDDEN.test(value)),
        label,
        message('rule.characters'),
      ),
      rule(
        'hasLength',
        text((value) => hasLength(value, min, max)),
        label,
        length,
        { min, max },
      ),
      rule(
        'isVisible',
        text((value) => min === 0 || VISIBLE.test(value)),
        label,
        message('rule.visible'),
      ),
    ),
    ApiProperty({
      type: 'string',
      required: !options.optional,
      minLength: min,
      maxLength: max,
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
    }),
  );
}
