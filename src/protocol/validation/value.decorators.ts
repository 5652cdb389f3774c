import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { today } from '../views/time.js';
import { type ParameterOptions, parameter } from './parameter.js';

/** A JSON number as it would be written; -0 and a number that is not exact stay numbers. */
const asText = (value: unknown): unknown =>
  Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : value;

interface ChoiceOptions extends ParameterOptions {
  /** The values as they stand on the wire. */
  readonly values: readonly string[];
}

/** One of a few values, as a string or as the JSON number that is written alike; nothing else. */
export const Choice = ({ values, ...options }: ChoiceOptions): PropertyDecorator =>
  parameter(options, {
    name: 'isChoice',
    clean: asText,
    checks: [
      [(value) => typeof value === 'string' && values.includes(value), message('rule.choice')],
    ],
    args: { values: values.join(', ') },
    schema: { enum: [...values], type: 'string' },
  });

interface IdOptions extends ParameterOptions {
  /** Takes 0 for no row, and an empty value for 0, as clients send it. */
  readonly orNone?: boolean;
  /** Words that are taken besides ids. */
  readonly also?: readonly string[];
}

/** The greatest value of PostgreSQL's bigint, so that an id may go into a statement. */
const MAX = 9_223_372_036_854_775_807n;

const DIGITS = /^[1-9]\d{0,18}$/;
const DIGITS_OR_NONE = /^(0|[1-9]\d{0,18})$/;

/** A row's id as text: digits without a leading zero, or the JSON number that is written alike. */
export function Id({ orNone = false, also = [], ...options }: IdOptions): PropertyDecorator {
  const digits = orNone ? DIGITS_OR_NONE : DIGITS;
  const isId = (value: unknown): boolean =>
    typeof value === 'string' &&
    (also.includes(value) || (digits.test(value) && BigInt(value) <= MAX));
  return parameter(options, {
    name: 'isId',
    clean: (value) => (orNone && value === '' ? '0' : asText(value)),
    checks: [[isId, message('rule.pattern')]],
    args: { pattern: [`${orNone ? 0 : 1}–${String(MAX)}`, ...also].join(', ') },
    schema: {
      type: 'string',
      maxLength: Math.max(String(MAX).length, ...also.map(({ length }) => length)),
      pattern: also.length > 0 ? `${digits.source}|^(${also.join('|')})$` : digits.source,
    },
  });
}

interface WholeNumberOptions extends ParameterOptions {
  readonly min: number;
  readonly max: number;
  /** Whether `''` is taken too, and left as it is, for forms that send every field. */
  readonly allowEmpty?: boolean;
}

const WRITTEN = /^(0|-?[1-9]\d{0,14})$/;

/** A whole number, as decimal digits or as a JSON number, without sign, point or leading zeros. */
export const WholeNumber = ({
  min,
  max,
  allowEmpty = false,
  ...options
}: WholeNumberOptions): PropertyDecorator =>
  parameter(options, {
    name: 'isWholeNumber',
    clean: (value) => (typeof value === 'string' && WRITTEN.test(value) ? Number(value) : value),
    checks: [
      [
        (value) =>
          (allowEmpty && value === '') ||
          (Number.isInteger(value) && (value as number) >= min && (value as number) <= max),
        message('rule.wholeNumber'),
      ],
    ],
    args: { min, max },
    schema: { type: 'integer', minimum: min, maximum: max },
  });

interface PastDateOptions extends ParameterOptions {
  /** The earliest date, `YYYY-MM-DD`. */
  readonly min: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** JavaScript takes February 30th for the first or second of March. */
const isDay = (day: Date, text: string): boolean =>
  !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);

const isDate = (value: unknown): boolean =>
  value === '' ||
  (typeof value === 'string' && DATE.test(value) && isDay(new Date(`${value}T00:00:00Z`), value));

/** A calendar date up to today in the shop's zone, or `""`, which clears the column. */
export const PastDate = ({ min, ...options }: PastDateOptions): PropertyDecorator =>
  parameter(options, {
    name: 'isPastDate',
    checks: [
      [isDate, message('rule.dateFormat')],
      [
        (value) => value === '' || ((value as string) >= min && (value as string) <= today()),
        message('rule.pastDate'),
      ],
    ],
    args: { min },
    schema: { type: 'string', maxLength: 'YYYY-MM-DD'.length },
  });

/**
 * The field of an `@Upload()` route's file, for the API description. The file itself is not a
 * parameter; text under its name, such as a URL to fetch, is refused. Empty text counts as absent.
 */
export const FileField = (
  options: Pick<ParameterOptions, 'label' | 'description'>,
): PropertyDecorator =>
  parameter(
    { ...options, optional: true },
    {
      name: 'isFile',
      checks: [[(value) => value === '', message('rule.file')]],
      schema: { type: 'string', format: 'binary', required: true },
    },
  );
