import { Verbatim } from '../../../protocol/validation/verbatim.decorator.js';
import { accountMessages as message } from '../account.messages.js';

/** The parameter of safety/logout. */
export class CloseAccountDto {
  @Verbatim({
    label: message('field.pwd'),
    optional: true,
    format: 'password',
    description: 'The password, where the account has one.',
  })
  pwd?: string;
}
