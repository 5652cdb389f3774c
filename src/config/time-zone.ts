import { ValidateBy } from 'class-validator';
import { IANAZone } from 'luxon';

/** The value is a time zone's name that this Node.js knows. */
export const IsTimeZoneName = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTimeZoneName',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && IANAZone.isValidZone(value),
    },
  });
