import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { accountMessages as message } from '../account.messages.js';

/** `verify`: the code that reached a mobile number or an email address. */
export const SentCode = (): PropertyDecorator =>
  Verbatim({
    label: message('field.verify'),
    example: '123456',
    description: 'The code that was sent.',
  });

/** `pwd`: a password, the account's or a new one. */
export const Password = (options: {
  readonly optional?: boolean;
  readonly description: string;
}): PropertyDecorator => Verbatim({ label: message('field.pwd'), format: 'password', ...options });
