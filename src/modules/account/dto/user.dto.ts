import { Choice, Id } from '../../../protocol/validation/value.decorators.js';
import { ACCOUNT_TYPES, type AccountType } from '../account-type.js';
import { accountMessages as message } from '../account.messages.js';
import { AccountName, NewPassword, OpenidsDto, Password, SentCode } from './account-parameters.js';

/** The parameters of user/login. Which of them a type needs, the type's own rules say. */
export class LoginDto extends OpenidsDto {
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

/** The parameters of user/reg. */
export class RegisterDto extends OpenidsDto {
  @Choice({
    label: message('field.type'),
    values: ACCOUNT_TYPES,
    example: 'username',
    description: 'What `accounts` is. A type that is not offered is an error.',
  })
  type!: AccountType;

  @AccountName({
    example: 'new_user',
    description:
      'The user name: 2–18 letters, digits or underscores, and no mobile number. Unique in any case. Or the mobile number or email address that `type` says.',
  })
  accounts!: string;

  @NewPassword({
    description:
      'The password: 8–72 characters, taken as they are; none of the most common ones and no name of the account.',
  })
  pwd!: string;

  @SentCode({
    optional: true,
    description: 'The code that was sent, for `sms` and `email`.',
  })
  verify?: string;
}

/** Ends every session but the one that asks. */
export const OTHERS = 'others';

/** The parameter of user/sessionrevoke. */
export class RevokeSessionDto {
  @Id({
    label: message('field.session'),
    also: [OTHERS],
    example: OTHERS,
    description: "The id of one of the account's sessions; `others` for all but this one.",
  })
  id!: string;
}
