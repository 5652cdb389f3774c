import { accountMessages as message } from '../account.messages.js';
import { AccountName, Password, SentCode } from './account-parameters.js';

/** The parameter of user/appmobilebindverifysend. */
export class MobileContactDto {
  @AccountName({
    label: message('field.mobile'),
    example: '13800138000',
    description: 'A mobile number of mainland China.',
  })
  mobile!: string;
}

/** The parameters of user/appmobilebind. */
export class BindMobileDto extends MobileContactDto {
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
  @AccountName({
    label: message('field.email'),
    example: 'someone@example.com',
    description: 'An email address; stored in lower case.',
  })
  email!: string;
}

/** The parameters of user/appemailbind. */
export class BindEmailDto extends EmailContactDto {
  @SentCode()
  verify!: string;

  @Password({
    optional: true,
    description: 'The password, where another address is bound and the account has a password.',
  })
  pwd?: string;
}
