import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from './parameter.js';
import { hasLength } from './text-length.js';

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
