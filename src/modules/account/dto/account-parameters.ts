import { PASSWORD_MAX_LENGTH } from '../../../config/password.settings.js';
import type { MessageKey } from '../../../envelope/message-catalogue.js';
import { Trimmed, Verbatim } from '../../../protocol/validation/text.decorators.js';
import { accountMessages as message } from '../account.messages.js';

/** The longest email address, which is the longest name of an account. */
const NAME_MAX = 254;

/** A code has fewer digits; this leaves room for what no code is, and bounds it. */
const CODE_MAX = 16;

/** Longer than any password that can be set here or in ShopXO. */
const GIVEN_PASSWORD_MAX = 256;

/** A user name, mobile number or email address, without white space around it. */
export const AccountName = (options: {
  readonly label?: MessageKey;
  readonly example: string;
  readonly description: string;
}): PropertyDecorator => Trimmed({ label: message('field.accounts'), max: NAME_MAX, ...options });

/** `verify`: the code that reached a mobile number or an email address, or a picture's answer. */
export const SentCode = (
  options: { readonly optional?: boolean; readonly description?: string } = {},
): PropertyDecorator =>
  Trimmed({
    label: message('field.verify'),
    max: CODE_MAX,
    ...(!options.optional && { example: '1234' }),
    description: 'The code that was sent.',
    ...options,
  });

/** `verify` at a sending: the answer of the picture captcha. */
export const PictureAnswer = (): PropertyDecorator =>
  SentCode({
    optional: true,
    description:
      'The characters of the picture that user/userverifyentry draws, while a sending needs one: code -10 without one, -11 with a wrong one. Ignored otherwise.',
  });

/** The account's password until now. */
export const Password = (options: {
  readonly label?: MessageKey;
  readonly optional?: boolean;
  readonly description: string;
}): PropertyDecorator =>
  Verbatim({
    label: message('field.pwd'),
    max: GIVEN_PASSWORD_MAX,
    format: 'password',
    ...options,
  });

/** A password that is to be set; `NewPasswords` judges it. */
export const NewPassword = (options: {
  readonly label?: MessageKey;
  readonly description: string;
}): PropertyDecorator =>
  Verbatim({
    label: message('field.pwd'),
    max: PASSWORD_MAX_LENGTH,
    moduleRefusesLonger: true,
    format: 'password',
    ...options,
  });
