import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { protocolMessages } from '../../../protocol/protocol.messages.js';
import { type ParameterOptions, rule, rules } from '../../../protocol/validation/rule.js';

interface CoordinateOptions extends Pick<ParameterOptions, 'label'> {
  /** Degrees at most, in both directions. */
  readonly limit: number;
  readonly example: number;
  readonly description: string;
}

const WRITTEN = /^-?\d{1,3}(\.\d{1,20})?$/;

/** Empty is absent, for clients send it where they know no place. */
const asDegrees = (value: unknown): unknown => {
  if (value === '') return undefined;
  return typeof value === 'string' && WRITTEN.test(value) ? Number(value) : value;
};

/** Optional degrees, as decimal digits or as a JSON number. */
export function Coordinate({
  label,
  limit,
  example,
  description,
}: CoordinateOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => asDegrees(value)),
    rules(
      { label, optional: true },
      rule(
        'isCoordinate',
        (value) => typeof value === 'number' && Math.abs(value) <= limit,
        label,
        protocolMessages('rule.pattern'),
        { pattern: `-${limit}–${limit}` },
      ),
    ),
    ApiProperty({
      type: 'number',
      required: false,
      minimum: -limit,
      maximum: limit,
      example,
      description,
    }),
  );
}
