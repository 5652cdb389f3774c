import type { Type } from '@nestjs/common';
import { validateSync } from 'class-validator';
import { ProtocolException, ResultCode } from '../../envelope/protocol.exception.js';
import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { labelOf } from './label.decorator.js';

/** Values within one parameter. It bounds every list and object, whether the DTO does or not. */
const MAX_VALUES = 1_000;

/**
 * The given parameters that a DTO declares, found by class-validator's whitelist on their names alone.
 * What else a request has is not worked on: class-transformer takes quadratic time for many names, and
 * copies whatever stands below them.
 *
 * @throws ProtocolException for a declared parameter that holds too many values
 */
export function declaredParameters(given: object, type: Type<object>): Record<string, unknown> {
  const names = Object.create(type.prototype as object) as object;
  for (const name of Object.keys(given)) {
    // Names that every object has, such as "__proto__" and "constructor", are no parameters.
    if (name in Object.prototype) continue;
    // Not by assignment, which a getter of the DTO refuses.
    Object.defineProperty(names, name, { enumerable: true, configurable: true });
  }
  whitelist(names);
  const declared = Object.entries(given).filter(([name]) => Object.hasOwn(names, name));
  for (const [field, value] of declared) {
    if (countUpTo(MAX_VALUES, value) > MAX_VALUES) throw tooManyValues(type, field);
    stripConversions(value);
  }
  return Object.fromEntries(declared);
}

const tooManyValues = ({ prototype }: Type<object>, field: string): ProtocolException =>
  new ProtocolException(
    { code: ResultCode.invalidParameter, message: message('rule.maximumValues') },
    {
      label: labelOf(prototype as object, field) ?? message('field.any'),
      field,
      max: MAX_VALUES,
    },
  );

/** Deletes the properties that an object's class does not declare. */
function whitelist(object: object): void {
  try {
    validateSync(object, { whitelist: true, skipMissingProperties: true });
  } catch {
    // A DTO's condition found no values to look at. Conditions run after the whitelist.
  }
}

/** How many values a value holds, at every level; counts no further than the limit. */
function countUpTo(limit: number, value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: unknown[] = Object.values(value);
  let count = values.length;
  for (const inner of values) {
    if (count > limit) break;
    count += countUpTo(limit, inner);
  }
  return count;
}

/**
 * Deletes what JavaScript calls to make a string or number of an object, as `@Type(() => Number)` does:
 * sent by a client, it is no function.
 */
function stripConversions(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Reflect.deleteProperty(value, 'toString');
  Reflect.deleteProperty(value, 'valueOf');
  Object.values(value).forEach(stripConversions);
}
