import 'reflect-metadata';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy, ValidateIf } from 'class-validator';
import type { MessageArguments, MessageKey } from '../../envelope/message-catalogue.js';
import { protocolMessages as message } from '../../envelope/protocol.failures.js';

/** What every parameter decorator takes. */
export interface ParameterOptions {
  /** The parameter's name for people. */
  readonly label: MessageKey;
  /** An absent parameter is no error. `null` always is one. */
  readonly optional?: boolean;
  /** Takes a list of such values instead of one, with at most this many. */
  readonly maxItems?: number;
  readonly description?: string;
  readonly example?: string | number;
  /** The property's initial value, for the API description. */
  readonly default?: string | number;
}

/** One condition of a value of any type, and the text that answers where it does not hold. */
type Check = readonly [holds: (value: unknown) => boolean, message: MessageKey];

interface Rule {
  /** The rule's name in class-validator's errors, e.g. `isText`. */
  readonly name: string;
  /** Looked at in this order; the first that does not hold answers. */
  readonly checks: readonly Check[];
  /** Values for the placeholders of their texts, beside `label` and `field`. */
  readonly args?: MessageArguments;
  /** Brings a value of any type into the form that is checked and handed over. */
  readonly clean?: (value: unknown) => unknown;
  /** The value in the API description. */
  readonly schema: ApiPropertyOptions;
}

/**
 * Makes a parameter decorator: class-validator's `ValidateBy` with a translated message,
 * class-transformer's `Transform` and Swagger's `ApiProperty`. It goes together with other decorators
 * of those libraries.
 */
export function parameter(
  { label, optional = false, maxItems, ...described }: ParameterOptions,
  { name, checks, args, clean, schema }: Rule,
): PropertyDecorator {
  const brokenBy = (value: unknown): MessageKey | undefined => {
    if (value === undefined) return message('rule.required');
    if (maxItems === undefined) return firstBroken(checks, [value]);
    if (!Array.isArray(value)) return message('rule.list');
    return value.length > maxItems ? message('rule.maximumItems') : firstBroken(checks, value);
  };
  return applyDecorators(
    Label(label),
    Reflect.metadata(CHECKED, true),
    ...(clean ? [Transform(({ value }) => cleaned(value, clean, maxItems))] : []),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ValidateBy(
      { name, validator: { validate: (value) => brokenBy(value) === undefined } },
      { message: ({ value }) => brokenBy(value) ?? '', context: { ...args, label, maxItems } },
    ),
    ApiProperty({
      required: !optional,
      ...schema,
      ...described,
      ...(maxItems !== undefined && { isArray: true, maxItems }),
    } as ApiPropertyOptions),
  );
}

const firstBroken = (checks: readonly Check[], values: readonly unknown[]) =>
  checks.find(([holds]) => !values.every(holds))?.[1];

/** A list that is too long is left as it is, as a text that is too long is. */
function cleaned(value: unknown, clean: (value: unknown) => unknown, maxItems?: number): unknown {
  if (maxItems === undefined) return clean(value);
  return Array.isArray(value) && value.length <= maxItems ? value.map(clean) : value;
}

const LABEL = 'protocol:label';

/**
 * A property's name for people, in messages about it. The parameter decorators of this folder set it
 * themselves; a property with class-validator's own decorators only is named by its path without it.
 */
export const Label = (label: MessageKey): PropertyDecorator => Reflect.metadata(LABEL, label);

/** The label of an object's property, where it has one. */
export const labelOf = (object: object, property: string): MessageKey | undefined =>
  Reflect.getMetadata(LABEL, object, property) as MessageKey | undefined;

const CHECKED = 'protocol:checked';

/** Whether a property has a rule of this project, which looks at the characters of its text. */
export const isChecked = (object: object, property: string): boolean =>
  Reflect.getMetadata(CHECKED, object, property) === true;
