import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { type ParameterOptions, parameter } from './parameter.js';

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

/**
 * UTF-16 units that text may have, as it was sent, for each code point of its limit. NFC makes at most
 * four units one and a code point may be two, so nothing longer has a form within the limit unless
 * most of it is white space.
 */
const SENT_UNITS = 8;

/**
 * Whether text is short enough to be worked on. Asked before anything else is done with it: trimming,
 * normalising (which takes quadratic time on long runs of combining marks), matching and hashing all
 * take longer the longer it is. Takes constant time.
 *
 * @param max code points of the text's limit
 */
export const isWorkable = (text: string, max: number): boolean => text.length <= max * SENT_UNITS;

/** Whether text has from `min` to `max` code points. The time is bounded by `max`. */
export function hasLength(text: string, min: number, max: number): boolean {
  // A code point has at most two units.
  if (text.length > max * 2) return false;
  let count = 0;
  for (const _ of text) count += 1;
  return count >= min && count <= max;
}

/**
 * Takes characters off both ends of a text. In linear time, which a regular expression for it does
 * not promise: on a long run in the middle it starts anew at each character.
 *
 * @param isTrimmed whether a UTF-16 unit is taken off
 */
export function trimWhere(text: string, isTrimmed: (unit: string) => boolean): string {
  let start = 0;
  let end = text.length;
  while (start < end && isTrimmed(text.charAt(start))) start += 1;
  while (end > start && isTrimmed(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** White space, and characters that only format: zero-width spaces, byte order and direction marks. */
const BLANK = /[\p{White_Space}\p{Cf}]/u;

/** Takes off what nobody sees around a word that was copied out of a chat or an address book. */
export const trimBlank = (text: string): string => trimWhere(text, (unit) => BLANK.test(unit));

export interface VerbatimOptions extends ParameterOptions {
  /** Code points at most. */
  readonly max: number;
  /** OpenAPI's `format`, e.g. `password`. */
  readonly format?: string;
  /** The module refuses longer text itself, with a code of its own. `max` is only described here. */
  readonly moduleRefusesLonger?: boolean;
}

/** A string parameter exactly as it was sent, neither trimmed nor normalised. Empty is absent. */
export const Verbatim = (options: VerbatimOptions): PropertyDecorator => verbatim(options);

/** @param clean brings the value into the form that is checked and handed over */
export function verbatim(
  { max, format, moduleRefusesLonger = false, ...options }: VerbatimOptions,
  clean?: (value: unknown) => unknown,
): PropertyDecorator {
  return parameter(options, {
    name: 'isVerbatim',
    ...(clean && { clean }),
    checks: [
      [(value) => typeof value === 'string', message('rule.text')],
      [
        (value) => moduleRefusesLonger || hasLength(value as string, 0, max),
        message('rule.maximumLength'),
      ],
      [(value) => options.optional === true || value !== '', message('rule.required')],
    ],
    args: { max },
    schema: { type: 'string', maxLength: max, format },
  });
}

type TrimmedOptions = Omit<VerbatimOptions, 'format' | 'moduleRefusesLonger'>;

const trimmed = (value: unknown, max: number): unknown =>
  typeof value === 'string' && isWorkable(value, max) ? trimBlank(value) : value;

/**
 * A string parameter without the white space and invisible characters around it, for names and codes,
 * which are typed and pasted. Nothing else of it is changed. Empty is absent.
 */
export const Trimmed = (options: TrimmedOptions): PropertyDecorator =>
  verbatim(options, (value) => trimmed(value, options.max));

interface PatternOptions extends ParameterOptions {
  /** Matches the whole value. */
  readonly pattern: RegExp;
  /** Characters at most, looked at before the pattern is. */
  readonly max: number;
  /** The pattern for people, e.g. `1–60 a-z 0-9`. */
  readonly shown: string;
}

/** A string of a certain form, taken as it is sent. */
export const Pattern = ({ pattern, max, shown, ...options }: PatternOptions): PropertyDecorator =>
  parameter(options, {
    name: 'hasPattern',
    checks: [
      [
        (value) => typeof value === 'string' && value.length <= max && pattern.test(value),
        message('rule.pattern'),
      ],
    ],
    args: { pattern: shown },
    schema: { type: 'string', maxLength: max, pattern: pattern.source },
  });
