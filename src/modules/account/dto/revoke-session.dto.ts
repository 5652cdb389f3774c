import { Id } from '../../../protocol/validation/id.decorator.js';
import { accountMessages as message } from '../account.messages.js';

/** Ends every session but the one that asks. */
export const OTHERS = 'others';

/** The parameter of user/sessionrevoke. */
export class RevokeSessionDto {
  @Id({
    label: message('field.session'),
    also: [OTHERS],
    example: OTHERS,
    description: "The id of one of the account's sessions; `others` for all but this one.",
  })
  id!: string;
}
