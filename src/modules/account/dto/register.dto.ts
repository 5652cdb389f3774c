import { Choice } from '../../../protocol/validation/choice.decorator.js';
import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { ACCOUNT_TYPES, type AccountType } from '../account-type.js';
import { accountMessages as message } from '../account.messages.js';
import { Password } from './account-parameters.js';

/** The parameters of user/reg. */
export class RegisterDto {
  @Choice({
    label: message('field.type'),
    values: ACCOUNT_TYPES,
    example: 'username',
    description: 'What `accounts` is. A type that is not offered is an error.',
  })
  type!: AccountType;

  @Verbatim({
    label: message('field.accounts'),
    example: 'new_user',
    description:
      'The user name: 2–18 letters, digits or underscores, and no mobile number. Unique in any case. Or the mobile number or email address that `type` says.',
  })
  accounts!: string;

  @Password({
    description: 'The password: 8–72 characters, taken as they are.',
  })
  pwd!: string;

  @Verbatim({
    label: message('field.verify'),
    optional: true,
    description: 'The code that was sent, for `sms` and `email`.',
  })
  verify?: string;
}
