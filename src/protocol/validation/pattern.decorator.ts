import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from './parameter.js';

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
