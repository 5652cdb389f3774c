import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { PictureAnswer } from './account-parameters.js';
import { accountMessages as message } from '../account.messages.js';

/** The parameter of user/forgetpwdverifysend. */
export class SendPasswordCodeDto {
  @Verbatim({
    label: message('field.accounts'),
    example: '13800138000',
    description: 'A mobile number or an email address.',
  })
  accounts!: string;

  @PictureAnswer()
  verify?: string;
}
