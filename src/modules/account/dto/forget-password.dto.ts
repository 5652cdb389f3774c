import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { accountMessages as message } from '../account.messages.js';

/** The parameters of user/forgetpwd. */
export class ForgetPasswordDto {
  @Verbatim({
    label: message('field.accounts'),
    example: '13800138000',
    description: 'A mobile number or an email address.',
  })
  accounts!: string;

  @Verbatim({
    label: message('field.verify'),
    example: '123456',
    description: 'The code that was sent.',
  })
  verify!: string;

  @Verbatim({
    label: message('field.pwd'),
    format: 'password',
    description: 'The new password: 8–72 characters, taken as they are.',
  })
  pwd!: string;
}
