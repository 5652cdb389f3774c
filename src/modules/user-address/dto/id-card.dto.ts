import { ApiProperty } from '@nestjs/swagger';
import { Choice, FileField } from '../../../protocol/validation/value.decorators.js';
import { Pattern } from '../../../protocol/validation/text.decorators.js';
import { userAddressMessages as message } from '../user-address.messages.js';

/** The parameters of ueditor/index, of which this service has what address forms need. */
export class UploadIdCardDto {
  @FileField({
    label: message('field.upfile'),
    description: 'A JPEG, PNG, WebP or GIF of at most 5 MB and 40 megapixels.',
  })
  upfile?: string;

  @Choice({
    label: message('field.action'),
    values: ['uploadimage'],
    example: 'uploadimage',
    description: "What ShopXO's editor is to do; the upload of a picture only.",
  })
  action!: string;

  @Pattern({
    label: message('field.path_type'),
    optional: true,
    max: 40,
    pattern: /^user_address-\d{1,2}-\d{1,19}$/,
    shown: 'user_address-<n>-<id>',
    example: 'user_address-1-469',
    description:
      "useraddress/detail's editor_path_type. The picture is the caller's whatever it says.",
  })
  path_type?: string;
}

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
