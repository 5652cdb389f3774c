import { protocolMessages } from '../../../envelope/protocol.failures.js';
import { parameter, type ParameterOptions } from '../../../protocol/validation/parameter.js';

interface CoordinateOptions extends Omit<ParameterOptions, 'optional' | 'maxItems'> {
  /** Degrees at most, in both directions. */
  readonly limit: number;
}

const WRITTEN = /^-?\d{1,3}(\.\d{1,20})?$/;

/** Empty is absent, for clients send it where they know no place. */
const asDegrees = (value: unknown): unknown => {
  if (value === '') return undefined;
  return typeof value === 'string' && WRITTEN.test(value) ? Number(value) : value;
};

/** Optional degrees, as decimal digits or as a JSON number. */
export const Coordinate = ({ limit, ...options }: CoordinateOptions): PropertyDecorator =>
  parameter(
    { ...options, optional: true },
    {
      name: 'isCoordinate',
      clean: asDegrees,
      checks: [
        [
          (value) => typeof value === 'number' && Math.abs(value) <= limit,
          protocolMessages('rule.pattern'),
        ],
      ],
      args: { pattern: `-${limit}–${limit}` },
      schema: { type: 'number', minimum: -limit, maximum: limit },
    },
  );
