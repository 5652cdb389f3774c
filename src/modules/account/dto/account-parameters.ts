import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { accountMessages as message } from '../account.messages.js';

/** `verify`: the code that reached a mobile number or an email address. */
export const SentCode = (): PropertyDecorator =>
  Verbatim({
    label: message('field.verify'),
    example: '123456',
    description: 'The code that was sent.',
  });

/** `verify` at a sending: the answer of the picture captcha. */
export const PictureAnswer = (): PropertyDecorator =>
  Verbatim({
    label: message('field.verify'),
    optional: true,
    description:
      'The characters of the picture that user/userverifyentry draws, while a sending needs one: code -10 without one, -11 with a wrong one. Ignored otherwise.',
  });

/** `pwd`: a password, the account's or a new one. */
export const Password = (options: {
  readonly optional?: boolean;
  readonly description: string;
}): PropertyDecorator => Verbatim({ label: message('field.pwd'), format: 'password', ...options });
