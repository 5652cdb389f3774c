import type { MessageArguments, MessageKey } from '../../envelope/message-catalogue.js';
import { protocolMessages as message } from '../../envelope/protocol.failures.js';

/** Texts for class-validator's own rules without a limit, by their names in its errors. */
const BY_NAME: Readonly<Record<string, MessageKey>> = {
  isDefined: message('rule.required'),
  isNotEmpty: message('rule.notEmpty'),
  arrayNotEmpty: message('rule.notEmpty'),
  isNotEmptyObject: message('rule.notEmpty'),
  isString: message('rule.text'),
  isInt: message('rule.integer'),
  isNumber: message('rule.number'),
  isNumberString: message('rule.number'),
  isDecimal: message('rule.number'),
  isPositive: message('rule.positive'),
  isNegative: message('rule.negative'),
  isBoolean: message('rule.boolean'),
  isBooleanString: message('rule.boolean'),
  isDate: message('rule.date'),
  isDateString: message('rule.date'),
  isIso8601: message('rule.date'),
  isRFC3339: message('rule.date'),
  isEmail: message('rule.email'),
  isPhoneNumber: message('rule.phone'),
  isMobilePhone: message('rule.phone'),
  isUrl: message('rule.url'),
  isUuid: message('rule.uuid'),
  isArray: message('rule.list'),
  arrayUnique: message('rule.unique'),
  isObject: message('rule.object'),
  nestedValidation: message('rule.object'),
};

/** Texts for those with limits, which class-validator's errors tell in its own text only. */
const BY_TEXT: readonly (readonly [text: RegExp, message: MessageKey])[] = [
  [
    /longer than or equal to (?<min>\S+) and .* equal to (?<max>\S+) characters$/,
    message('rule.length'),
  ],
  [/longer than or equal to (?<min>\S+) characters$/, message('rule.minimumLength')],
  [/shorter than or equal to (?<max>\S+) characters$/, message('rule.maximumLength')],
  [/must not be less than (?<min>\S+)$/, message('rule.minimum')],
  [/must not be greater than (?<max>\S+)$/, message('rule.maximum')],
  [/must be divisible by (?<divisor>\S+)$/, message('rule.divisor')],
  [/must contain at least (?<minItems>\S+) elements$/, message('rule.minimumItems')],
  [/must contain no more than (?<maxItems>\S+) elements$/, message('rule.maximumItems')],
  [/must be one of the following values: (?<values>.*)$/s, message('rule.choice')],
  [/should not be one of the following values: (?<values>.*)$/s, message('rule.notChoice')],
  [/must be equal to (?<value>.*)$/s, message('rule.equal')],
];

/**
 * A translated text for the failure of one of class-validator's own rules, with its limits.
 *
 * @param name the rule's name in class-validator's error
 * @param text class-validator's own text there
 */
export function stockMessage(
  name: string,
  text: string,
): { readonly message: MessageKey; readonly args: MessageArguments } {
  const known = BY_NAME[name];
  if (known) return { message: known, args: {} };
  for (const [pattern, withLimits] of BY_TEXT) {
    const limits = pattern.exec(text)?.groups;
    if (limits) return { message: withLimits, args: limits };
  }
  return { message: message('rule.format'), args: {} };
}
