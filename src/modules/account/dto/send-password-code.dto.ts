import { AccountName, PictureAnswer } from './account-parameters.js';

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
