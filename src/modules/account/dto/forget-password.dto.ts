import { AccountName, NewPassword, SentCode } from './account-parameters.js';

/** The parameters of user/forgetpwd. */
export class ForgetPasswordDto {
  @AccountName({
    example: '13800138000',
    description: 'A mobile number or an email address.',
  })
  accounts!: string;

  @SentCode()
  verify!: string;

  @NewPassword({
    description:
      'The new password: 8–72 characters, taken as they are; none of the most common ones and no name of the account.',
  })
  pwd!: string;
}
