import { Choice } from '../../../protocol/validation/value.decorators.js';
import { CHANNELS, type Channel } from '../../verification/channels.js';
import { accountMessages as message } from '../account.messages.js';
import {
  AccountName,
  NewPassword,
  OpenidsDto,
  Password,
  PictureAnswer,
  SentCode,
} from './account-parameters.js';

/** The parameters of user/loginverifysend and user/regverifysend. */
export class SendCodeDto {
  @Choice({
    label: message('field.type'),
    values: CHANNELS,
    example: 'sms',
    description: 'What `accounts` is. A channel that is closed is an error.',
  })
  type!: Channel;

  @AccountName({
    example: '13800138000',
    description: 'A mobile number or an email address.',
  })
  accounts!: string;

  @PictureAnswer()
  verify?: string;
}

/** The parameter of user/forgetpwdverifysend. */
export class SendPasswordCodeDto {
  @AccountName({
    example: '13800138000',
    description: 'A mobile number or an email address.',
  })
  accounts!: string;

  @PictureAnswer()
  verify?: string;
}

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

const Mobile = (): PropertyDecorator =>
  AccountName({
    label: message('field.mobile'),
    example: '13800138000',
    description: 'A mobile number of mainland China.',
  });

const Email = (): PropertyDecorator =>
  AccountName({
    label: message('field.email'),
    example: 'someone@example.com',
    description: 'An email address; stored in lower case.',
  });

/** The parameter of user/appmobilebindverifysend. */
export class MobileContactDto {
  @Mobile()
  mobile!: string;
}

/** The parameters of user/appmobilebind. */
export class BindMobileDto extends OpenidsDto {
  @Mobile()
  mobile!: string;

  @SentCode()
  verify!: string;

  @Password({
    optional: true,
    description: 'The password, where another number is bound and the account has a password.',
  })
  pwd?: string;
}

/** The parameter of user/appemailbindverifysend. */
export class EmailContactDto {
  @Email()
  email!: string;
}

/** The parameters of user/appemailbind. */
export class BindEmailDto extends OpenidsDto {
  @Email()
  email!: string;

  @SentCode()
  verify!: string;

  @Password({
    optional: true,
    description: 'The password, where another address is bound and the account has a password.',
  })
  pwd?: string;
}
