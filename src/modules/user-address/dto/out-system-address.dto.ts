import { PickType } from '@nestjs/swagger';
import { Text } from '../../../protocol/validation/text.decorators.js';
import { userAddressMessages as message } from '../user-address.messages.js';
import { SaveUserAddressDto } from './save-user-address.dto.js';

/** The longest name of a region that is stored. */
const LONGEST_REGION = 60;

/** The parameters of useraddress/outsystemadd: an address as the address book of a platform has it. */
export class OutSystemAddressDto extends PickType(SaveUserAddressDto, ['name', 'tel', 'address']) {
  @Text({
    label: message('field.province'),
    min: 1,
    max: LONGEST_REGION,
    example: '上海市',
    description: "The province's name, with or without its suffix.",
  })
  province!: string;

  @Text({
    label: message('field.city'),
    min: 1,
    max: LONGEST_REGION,
    example: '上海市',
    description: "The city's name.",
  })
  city!: string;

  @Text({
    label: message('field.county'),
    optional: true,
    max: LONGEST_REGION,
    example: '闵行区',
    description: "The county's name; an unknown one is none.",
  })
  county = '';

  @Text({
    label: message('field.town'),
    optional: true,
    max: LONGEST_REGION,
    description: 'Goes in front of the address, which has 80 code points together with it.',
  })
  town = '';
}
