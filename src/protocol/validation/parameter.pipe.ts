import { type ArgumentMetadata, Injectable, type Type, ValidationPipe } from '@nestjs/common';
import { type ValidationError, type ValidatorOptions, validateSync } from 'class-validator';
import type { MessageKey } from '../../envelope/message-catalogue.js';
import { ProtocolException, ResultCode } from '../../envelope/protocol.exception.js';
import { protocolMessages as message } from '../../envelope/protocol.failures.js';
import { isChecked, labelOf } from './parameter.js';
import { VALIDATOR_OPTIONS, validationFailure } from './validation-failure.js';

/**
 * Nest's `ValidationPipe` as this service uses it: a DTO gets what it declares and nothing else, and
 * the first broken rule, in class-validator's order, answers with code -1.
 */
@Injectable()
export class ParameterPipe extends ValidationPipe {
  /** @param decorated whether to validate what decorators other than Nest's own give */
  constructor(decorated = false) {
    super({
      ...VALIDATOR_OPTIONS,
      transform: true,
      validateCustomDecorators: decorated,
      exceptionFactory: validationFailure,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isDto = this.toValidate(metadata) && typeof value === 'object' && value !== null;
    const taken = isDto ? declaredParameters(value, metadata.metatype as Type<object>) : value;
    return super.transform(taken, metadata);
  }

  /** Nest's own, and then what class-validator lets pass. */
  protected override async validate(
    dto: object,
    options?: ValidatorOptions,
  ): Promise<ValidationError[]> {
    const errors = await super.validate(dto, options);
    return errors.length > 0 ? errors : unfitValue(dto);
  }
}

/** Values within one parameter. It bounds every list and object, whether the DTO does or not. */
const MAX_VALUES = 1_000;

/** By DTO, the names of its parameters that were asked for so far. */
const declaredNames = new WeakMap<Type<object>, Set<string>>();

/**
 * The given parameters that a DTO declares. What else a request has is not worked on: class-transformer
 * takes quadratic time for many names, and copies whatever stands below them.
 *
 * @throws ProtocolException for a declared parameter that holds too many values
 */
export function declaredParameters(given: object, type: Type<object>): Record<string, unknown> {
  const names = namesOf(type, Object.keys(given));
  const declared = Object.entries(given).filter(([name]) => names.has(name));
  for (const [field, value] of declared) {
    if (countUpTo(MAX_VALUES, value) > MAX_VALUES) throw tooManyValues(type, field);
    stripConversions(value);
  }
  return Object.fromEntries(declared);
}

/** Names that a DTO declares, at least those of the given ones: class-validator's whitelist tells. */
function namesOf(type: Type<object>, given: readonly string[]): Set<string> {
  const known = declaredNames.get(type) ?? new Set();
  declaredNames.set(type, known);
  if (given.every((name) => known.has(name))) return known;
  const names = Object.create(type.prototype as object) as object;
  for (const name of given) {
    // Names that every object has, such as "__proto__" and "constructor", are no parameters.
    if (name in Object.prototype) continue;
    // Not by assignment, which a getter of the DTO refuses.
    Object.defineProperty(names, name, { enumerable: true, configurable: true });
  }
  whitelist(names);
  for (const name of Object.keys(names)) known.add(name);
  return known;
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

const SCALARS: readonly unknown[] = [String, Number, Boolean];

/**
 * The error of the first value that class-validator's rules let pass and this service cannot use; none
 * where there is no such value. `@ValidateNested()` takes a list for an object, `@IsNotEmpty()` anything,
 * and `@IsString()` text that PostgreSQL does not store. A property with a rule of this project is that
 * rule's alone.
 *
 * @param owner a valid DTO, or an object or list in it
 */
function unfitValue(owner: object): ValidationError[] {
  for (const [property, value] of Object.entries(owner) as [string, unknown][]) {
    if (isChecked(owner, property)) continue;
    const rule = ruleBrokenBy(owner, property, value);
    if (rule) return [{ target: owner, property, constraints: { isFit: rule } }];
    if (typeof value !== 'object' || value === null) continue;
    const children = unfitValue(value);
    if (children.length > 0) return [{ target: owner, property, children }];
  }
  return [];
}

function ruleBrokenBy(owner: object, property: string, value: unknown): MessageKey | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : message('rule.storable');
  if (typeof value !== 'object' || value === null) return undefined;
  if (!isInPlace(owner, property, value)) return message('rule.type');
  // The names in an object that is stored as JSON.
  return Object.keys(value).every(isStorable) ? undefined : message('rule.storable');
}

const SURROGATE = /\p{Cs}/u;

/** Neither `text` nor `jsonb` of PostgreSQL has NUL, nor half of a surrogate pair. */
const isStorable = (text: string): boolean => !text.includes('\0') && !SURROGATE.test(text);

/** A list holds no lists; a property says by its TypeScript type what it takes, if it has one. */
function isInPlace(owner: object, property: string, value: object): boolean {
  if (Array.isArray(owner)) return !Array.isArray(value);
  const type: unknown = Reflect.getMetadata('design:type', owner, property);
  if (type === undefined || type === Object) return true;
  return Array.isArray(value) ? type === Array : type !== Array && !SCALARS.includes(type);
}
