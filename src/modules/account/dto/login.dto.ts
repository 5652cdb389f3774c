import { Choice } from '../../../protocol/validation/choice.decorator.js';
import { ACCOUNT_TYPES, type AccountType } from '../account-type.js';
import { accountMessages as message } from '../account.messages.js';
import { AccountName, Password, SentCode } from './account-parameters.js';

/** The parameters of user/login. Which of them a type needs, the type's own rules say. */
export class LoginDto {
  @Choice({
    label: message('field.type'),
    values: ACCOUNT_TYPES,
    example: 'username',
    description:
      'How to log in: `username` by password, `sms` or `email` by code. A type that is not offered is an error.',
  })
  type!: AccountType;

  @AccountName({
    example: 'new_user',
    description: 'The user name, mobile number or email address.',
  })
  accounts!: string;

  @Password({
    optional: true,
    description: 'The password, for `username`.',
  })
  pwd?: string;

  @SentCode({
    optional: true,
    description:
      'The code that was sent, for `sms` and `email`; for `username` the answer of the picture captcha, where one is asked for.',
  })
  verify?: string;
}
