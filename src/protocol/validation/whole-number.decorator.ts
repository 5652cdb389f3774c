import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from './parameter.js';

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
