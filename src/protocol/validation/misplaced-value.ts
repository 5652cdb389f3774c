import type { ValidationError } from 'class-validator';
import { protocolMessages as message } from '../../envelope/protocol.failures.js';

const SCALARS: readonly unknown[] = [String, Number, Boolean];

/**
 * The error of the first list or object that stands where a DTO's property has another type; none where
 * all is in its place. Rules let such values pass: `@ValidateNested()` takes a list for an object, and
 * `@IsNotEmpty()` anything.
 *
 * @param owner a valid DTO, or an object or list in it
 */
export function misplacedValue(owner: object): ValidationError[] {
  for (const [property, value] of Object.entries(owner) as [string, unknown][]) {
    if (typeof value !== 'object' || value === null) continue;
    if (!isInPlace(owner, property, value)) {
      return [{ target: owner, property, constraints: { isInPlace: message('rule.type') } }];
    }
    const children = misplacedValue(value);
    if (children.length > 0) return [{ target: owner, property, children }];
  }
  return [];
}

/** A list holds no lists; a property says by its TypeScript type what it takes, if it has one. */
function isInPlace(owner: object, property: string, value: object): boolean {
  if (Array.isArray(owner)) return !Array.isArray(value);
  const type: unknown = Reflect.getMetadata('design:type', owner, property);
  if (type === undefined || type === Object) return true;
  return Array.isArray(value) ? type === Array : type !== Array && !SCALARS.includes(type);
}
