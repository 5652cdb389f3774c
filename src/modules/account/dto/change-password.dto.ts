import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { accountMessages as message } from '../account.messages.js';

/** The parameters of safety/loginpwdupdate. */
export class ChangePasswordDto {
  @Verbatim({
    label: message('field.my_pwd'),
    optional: true,
    format: 'password',
    description: 'The password until now, where the account has one.',
  })
  my_pwd?: string;

  @Verbatim({
    label: message('field.new_pwd'),
    format: 'password',
    description: 'The new password: 8–72 characters, taken as they are.',
  })
  new_pwd!: string;

  @Verbatim({
    label: message('field.confirm_new_pwd'),
    format: 'password',
    description: 'The new password again.',
  })
  confirm_new_pwd!: string;
}
