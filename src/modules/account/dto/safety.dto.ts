import { accountMessages as message } from '../account.messages.js';
import { NewPassword, Password } from './account-parameters.js';

/** The parameters of safety/loginpwdupdate. */
export class ChangePasswordDto {
  @Password({
    label: message('field.my_pwd'),
    optional: true,
    description: 'The password until now, where the account has one.',
  })
  my_pwd?: string;

  @NewPassword({
    label: message('field.new_pwd'),
    description:
      'The new password: 8–72 characters, taken as they are; none of the most common ones and no name of the account.',
  })
  new_pwd!: string;

  @NewPassword({
    label: message('field.confirm_new_pwd'),
    description: 'The new password again.',
  })
  confirm_new_pwd!: string;
}

/** The parameter of safety/logout. */
export class CloseAccountDto {
  @Password({
    optional: true,
    description: 'The password; without it the session needs a recent sign-in.',
  })
  pwd?: string;
}
