import { Id } from '../../../protocol/validation/value.decorators.js';
import { userAddressMessages as message } from '../user-address.messages.js';

/** The parameter of useraddress/delete and useraddress/setdefault. */
export class UserAddressIdDto {
  @Id({
    label: message('field.id'),
    example: '1',
    description: "The id of one of the user's own addresses.",
  })
  id!: string;
}

/** The parameter of useraddress/detail. */
export class UserAddressDetailDto {
  @Id({
    label: message('field.id'),
    optional: true,
    orNone: true,
    default: '0',
    example: '1',
    description: "The id of one of the user's own addresses; 0 for none yet.",
  })
  id = '0';
}
