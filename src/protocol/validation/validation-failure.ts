import type { ValidationError } from '@nestjs/common';
import * as classValidator from 'class-validator';
import {
  isMessageKey,
  type MessageArguments,
  type MessageKey,
} from '../../envelope/message-catalogue.js';
import { ProtocolException, ResultCode } from '../../envelope/protocol.exception.js';
import { protocolMessages } from '../../envelope/protocol.failures.js';
import { labelOf } from './parameter.js';
import { stockMessage } from './stock-rules.js';

/** `@ValidateNested()`, which gives itself class-validator's text as its `message`. */
const NESTED_RULE = 'nestedValidation';
const NESTED_TEXT = 'must be either object or array';

/** The names of class-validator's own rules, which it exports as constants. */
const STOCK_RULES = new Set(
  Object.values(classValidator).filter((value) => typeof value === 'string'),
);

/** The first rule that a DTO breaks. */
interface Broken {
  /** The DTO, or the object in it, and its property. */
  readonly owner: object | undefined;
  readonly property: string;
  /** The property's path, e.g. `contact.mobile` or `replies.0.text`. */
  readonly path: string;
  /** The label of the property, or else of the nearest one around it that has one. */
  readonly label: MessageKey | undefined;
  /** Whether the request has no such parameter. */
  readonly isAbsent: boolean;
  /** The rule's name and text in class-validator's error. */
  readonly rule: string;
  readonly text: string;
  /** What the rule's decorator was given as `context`. */
  readonly context: MessageArguments | undefined;
}

/** How class-validator runs. */
export const VALIDATOR_OPTIONS: classValidator.ValidatorOptions = {
  whitelist: true,
  forbidUnknownValues: false,
  validationError: { target: true, value: false },
};

/**
 * The failure that answers class-validator's errors, from the first of them. A message of a decorator
 * that is a key of the catalogue is translated, with the decorator's `context` in its placeholders;
 * any other is shown as it is, and so is a `defaultMessage` of a module's own rule. A rule of
 * class-validator without a message gets a text of ours.
 */
export function validationFailure(errors: readonly ValidationError[]): ProtocolException {
  const broken = firstBroken(errors);
  const { message, args } = wordingOf(broken);
  return new ProtocolException(
    { code: ResultCode.invalidParameter, message },
    {
      label: broken.label ?? protocolMessages('field.any'),
      ...broken.context,
      ...args,
      field: broken.path,
    },
  );
}

function firstBroken(
  [error]: readonly ValidationError[],
  parents: readonly string[] = [],
  outerLabel?: MessageKey,
): Broken {
  if (!error) throw new Error('There is no error to answer');
  const { target, property, constraints = {}, contexts = {}, children = [] } = error;
  const path = [...parents, property];
  const label = (target && labelOf(target, property)) ?? outerLabel;
  // Decorators are applied from the bottom up; the topmost answers, and what is nested comes last.
  const rules = Object.entries(constraints).reverse();
  const first = rules.find(([name]) => name !== NESTED_RULE) ?? rules[0];
  if (!first) return firstBroken(children, path, label);
  const [rule, text] = first;
  return {
    owner: target,
    property,
    path: path.join('.'),
    label,
    isAbsent: target !== undefined && target[property] === undefined,
    rule,
    text,
    context: contexts[rule] as MessageArguments | undefined,
  };
}

function wordingOf(broken: Broken): { message: MessageKey; args: MessageArguments } {
  const { rule, text, isAbsent } = broken;
  if (isMessageKey(text)) return { message: text, args: {} };
  const asItIs = { message: protocolMessages('rule.custom'), args: { text } };
  if (isDecorators(broken)) return asItIs;
  if (isAbsent) return { message: protocolMessages('rule.required'), args: {} };
  return text === '' || rule === NESTED_RULE || STOCK_RULES.has(rule)
    ? stockMessage(rule, text)
    : asItIs;
}

/** Whether a text is the `message` of the rule's decorator. */
function isDecorators({ rule, text, owner, property }: Broken): boolean {
  if (rule === NESTED_RULE) return !text.endsWith(NESTED_TEXT);
  const storage = classValidator.getMetadataStorage();
  return storage
    .getTargetValidationMetadatas(owner?.constructor ?? Object, '', false, false)
    .filter(({ propertyName }) => propertyName === property)
    .filter(({ type, constraintCls }) => {
      const [constraint] = storage.getTargetValidatorConstraints(constraintCls);
      return (constraint?.name ?? type) === rule;
    })
    .some(({ message }) => Boolean(message));
}
