import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from './parameter.js';
import { hasLength, isWorkable } from './text-length.js';

interface TextOptions extends ParameterOptions {
  /** Code points at least; 0 lets `""` clear the column. With 1 or more, one must be visible. */
  readonly min?: number;
  /** Code points at most. */
  readonly max: number;
  /** Takes line breaks, each handed over as `\n`. */
  readonly multiline?: boolean;
}

/**
 * Control characters (NUL and line breaks among them), the two Unicode line separators, the
 * embeddings, overrides and isolates of text direction, and halves of surrogate pairs.
 */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const FORBIDDEN_BUT_LINE_BREAK = new RegExp(`(?!\\n)${FORBIDDEN.source}`, 'u');

/**
 * A letter, digit, punctuation mark or symbol that draws something: not one of those that Unicode
 * counts as letters but calls ignorable (the Hangul fillers), nor the blank Braille pattern.
 */
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

/** The form that is checked and stored; what is too long in any form is left as it is. */
function normalise(value: unknown, max: number, multiline: boolean): unknown {
  if (typeof value !== 'string' || !isWorkable(value, max)) return value;
  const normal = value.trim().normalize('NFC');
  return multiline ? normal.replaceAll('\r\n', '\n') : normal;
}

/** Whether a value is text for which a check holds. */
const text =
  (holds: (value: string) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'string' && holds(value);

/** The conditions of a text, in the order in which they are looked at. */
const checksOf = (min: number, max: number, multiline: boolean) => {
  const length = min > 0 ? message('rule.length') : message('rule.maximumLength');
  const [forbidden, characters] = multiline
    ? [FORBIDDEN_BUT_LINE_BREAK, message('rule.multilineCharacters')]
    : [FORBIDDEN, message('rule.characters')];
  return [
    [text(() => true), message('rule.text')],
    [text((value) => isWorkable(value, max)), length],
    [text((value) => !forbidden.test(value)), characters],
    [text((value) => hasLength(value, min, max)), length],
    [text((value) => min === 0 || VISIBLE.test(value)), message('rule.visible')],
  ] as const;
};

/**
 * A value by the rules of {@link Text}, for what is left out where it breaks them.
 *
 * @returns the form that is stored; undefined for what `Text` refuses
 */
export function validText(
  value: unknown,
  { min = 0, max }: Pick<TextOptions, 'min' | 'max'>,
): string | undefined {
  const normal = normalise(value, max, false);
  return checksOf(min, max, false).every(([holds]) => holds(normal)) ? String(normal) : undefined;
}

/** A string parameter, trimmed and in NFC before its rules are applied and before it is stored. */
export function Text({
  min = 0,
  max,
  multiline = false,
  ...options
}: TextOptions): PropertyDecorator {
  return parameter(options, {
    name: 'isText',
    clean: (value) => normalise(value, max, multiline),
    checks: checksOf(min, max, multiline),
    args: { min, max },
    schema: { type: 'string', minLength: min, maxLength: max },
  });
}
