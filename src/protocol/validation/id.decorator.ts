import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from './parameter.js';

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

/** A JSON number as it would be written; -0 and a number that is not exact stay numbers. */
const asText = (value: unknown): unknown =>
  Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : value;

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
