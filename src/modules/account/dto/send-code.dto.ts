import { Choice } from '../../../protocol/validation/choice.decorator.js';
import { CHANNELS, type Channel } from '../../verification/channels.js';
import { accountMessages as message } from '../account.messages.js';
import { AccountName, PictureAnswer } from './account-parameters.js';

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
