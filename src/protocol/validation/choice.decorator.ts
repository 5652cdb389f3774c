import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from './parameter.js';

interface ChoiceOptions extends ParameterOptions {
  /** The values as they stand on the wire. */
  readonly values: readonly string[];
}

/** A JSON number as it would be written; -0, which equals 0 everywhere else, stays a number. */
const asText = (value: unknown): unknown =>
  typeof value === 'number' && !Object.is(value, -0) ? String(value) : value;

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
