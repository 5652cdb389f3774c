import { applyDecorators } from '@nestjs/common';
import { ValidateBy, ValidateIf } from 'class-validator';
import type { MessageArguments, MessageKey } from '../message-catalogue.js';
import { protocolMessages } from '../protocol.messages.js';

/** What a broken rule says; `field` and `label` are added to the arguments. */
export interface RuleContext {
  readonly message: MessageKey;
  readonly args: MessageArguments;
}

/** What every parameter decorator takes. */
export interface ParameterOptions {
  /** The parameter's name for people. */
  readonly label: MessageKey;
  /** An absent parameter is no error. `null` always is one. */
  readonly optional?: boolean;
}

/** One check of a parameter, with the message that its failure answers. */
export function rule(
  name: string,
  holds: (value: unknown) => boolean,
  label: MessageKey,
  message: MessageKey,
  args: MessageArguments = {},
): PropertyDecorator {
  const context: RuleContext = { message, args: { ...args, label } };
  // class-validator hands a context over only with a message that is not empty.
  return ValidateBy(
    { name, validator: { validate: holds, defaultMessage: () => message } },
    { context },
  );
}

/** The presence of a parameter, then its rules in order; the first that is broken answers. */
export function rules(
  { label, optional = false }: ParameterOptions,
  ...decorators: PropertyDecorator[]
): PropertyDecorator {
  const presence: PropertyDecorator = optional
    ? (target, property) =>
        ValidateIf((dto: Record<string | symbol, unknown>) => dto[property] !== undefined)(
          target,
          property,
        )
    : rule('required', (value) => value !== undefined, label, protocolMessages('rule.required'));
  return applyDecorators(presence, ...decorators);
}
