import type { ValidationError } from '@nestjs/common';
import { validate, type ValidatorOptions } from 'class-validator';
import {
  isMessageKey,
  type MessageArguments,
  type MessageKey,
} from '../../envelope/message-catalogue.js';
import { ProtocolException, ResultCode } from '../../envelope/protocol.exception.js';
import { protocolMessages } from '../../envelope/protocol.failures.js';
import { labelOf } from './label.decorator.js';
import { stockMessage } from './stock-rules.js';

/** `@ValidateNested()`, which gives itself class-validator's text as its `message`. */
const NESTED_RULE = 'nestedValidation';
const NESTED_TEXT = 'must be either object or array';

/** The first rule that a DTO breaks. */
interface Broken {
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
export const VALIDATOR_OPTIONS: ValidatorOptions = {
  whitelist: true,
  forbidUnknownValues: false,
  validationError: { target: true, value: false },
};

/**
 * The failure that answers class-validator's errors, from the first of them. A message of a decorator
 * that is a key of the catalogue is translated, with the decorator's `context` in its placeholders;
 * any other is shown as it is. A rule of class-validator without a message gets a text of ours.
 */
export async function validationFailure(
  errors: readonly ValidationError[],
): Promise<ProtocolException> {
  const broken = firstBroken(errors);
  const { message, args } = await wordingOf(broken, errors[0]?.target);
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
    path: path.join('.'),
    label,
    isAbsent: target !== undefined && target[property] === undefined,
    rule,
    text,
    context: contexts[rule] as MessageArguments | undefined,
  };
}

/** @param dto the object that was validated */
async function wordingOf({ rule, text, isAbsent }: Broken, dto: object | undefined) {
  if (isMessageKey(text)) return { message: text, args: {} };
  if (dto && (await isCustom(rule, text, dto))) {
    return { message: protocolMessages('rule.custom'), args: { text } };
  }
  return isAbsent
    ? { message: protocolMessages('rule.required'), args: {} }
    : stockMessage(rule, text);
}

/** Whether a text is a decorator's `message` and not class-validator's, which it can leave out. */
async function isCustom(rule: string, text: string, dto: object): Promise<boolean> {
  if (rule === NESTED_RULE && text.endsWith(NESTED_TEXT)) return false;
  const errors = await validate(dto, { ...VALIDATOR_OPTIONS, dismissDefaultMessages: true });
  return errors.length > 0 && firstBroken(errors).text !== '';
}
