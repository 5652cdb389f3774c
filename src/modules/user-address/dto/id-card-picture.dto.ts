import { ApiProperty } from '@nestjs/swagger';
import { Pattern } from '../../../protocol/validation/pattern.decorator.js';
import { userAddressMessages as message } from '../user-address.messages.js';

/** Of any form, so that a link that was damaged is answered like one that is unknown. */
const ANY = { pattern: /^[\s\S]*$/, max: 200, shown: '0–200' };

/** The parameters of useraddress/idcardpicture, as its links have them. */
export class IdCardPictureDto {
  @Pattern({ ...ANY, label: message('field.picture'), description: "The picture's name." })
  picture!: string;

  @ApiProperty({ pattern: String.raw`^\d+$` })
  @Pattern({
    ...ANY,
    label: message('field.expires'),
    description: 'Seconds since 1970, from which on the link is of no use.',
  })
  expires!: string;

  @ApiProperty({ pattern: '^[0-9a-f]{64}$' })
  @Pattern({
    ...ANY,
    label: message('field.signature'),
    description: "The service's signature of the two.",
  })
  signature!: string;
}
