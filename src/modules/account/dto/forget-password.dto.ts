import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { accountMessages as message } from '../account.messages.js';
import { Password, SentCode } from './account-parameters.js';

/** The parameters of user/forgetpwd. */
export class ForgetPasswordDto {
  @Verbatim({
    label: message('field.accounts'),
    example: '13800138000',
    description: 'A mobile number or an email address.',
  })
  accounts!: string;

  @SentCode()
  verify!: string;

  @Password({
    description: 'The new password: 8–72 characters, taken as they are.',
  })
  pwd!: string;
}
