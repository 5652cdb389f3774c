import { Choice, Id } from '../../../protocol/validation/value.decorators.js';
import { Pattern, Text } from '../../../protocol/validation/text.decorators.js';
import { userAddressMessages as message } from '../user-address.messages.js';
import { Coordinate } from './coordinate.decorator.js';

/** Code points of an address's text at most. */
export const ADDRESS_LENGTH = 80;

/**
 * The parameters of useraddress/save, in the order in which they are checked. They replace the whole
 * address, as in ShopXO: what is absent is empty after it.
 */
export class SaveUserAddressDto {
  @Id({
    label: message('field.id'),
    optional: true,
    orNone: true,
    example: '0',
    description: 'The address to change; 0 adds one.',
  })
  id = '0';

  @Text({
    label: message('field.name'),
    min: 1,
    max: 30,
    example: '张三',
    description: 'Who receives: 1–30 code points after trimming, at least one of them visible.',
  })
  name!: string;

  @Pattern({
    label: message('field.tel'),
    pattern: /^(?=.*\d)[\d+ -]{1,15}$/,
    max: 15,
    shown: '1–15 0-9 + - ␣',
    example: '13800138000',
    description:
      'Telephone number: 1–15 digits, plus signs, hyphens and spaces; one digit at least.',
  })
  tel!: string;

  @Text({
    label: message('field.alias'),
    optional: true,
    max: 16,
    example: '公司',
    description: 'What the user calls it.',
  })
  alias = '';

  @Id({
    label: message('field.province'),
    orNone: true,
    example: '1',
    description: 'Id of a region/index.',
  })
  province!: string;

  @Id({
    label: message('field.city'),
    orNone: true,
    example: '35',
    description: 'A part of the province.',
  })
  city!: string;

  @Id({
    label: message('field.county'),
    optional: true,
    orNone: true,
    example: '402',
    description: 'A part of the city; 0 for none.',
  })
  county = '0';

  @Text({
    label: message('field.address'),
    min: 1,
    max: ADDRESS_LENGTH,
    example: '东华门大街1号',
    description: `Street and number: 1–${ADDRESS_LENGTH} code points after trimming.`,
  })
  address!: string;

  @Coordinate({
    label: message('field.lng'),
    limit: 180,
    example: 116.4074,
    description: 'Degrees of longitude; together with lat or not at all.',
  })
  lng?: number;

  @Coordinate({
    label: message('field.lat'),
    limit: 90,
    example: 39.9042,
    description: 'Degrees of latitude; together with lng or not at all.',
  })
  lat?: number;

  @Choice({
    label: message('field.is_default'),
    optional: true,
    values: ['0', '1'],
    example: '1',
    description: '1 makes it the default address instead of another one.',
  })
  is_default = '0';

  @Text({
    label: message('field.idcard_name'),
    optional: true,
    max: 60,
    description: 'The name on the identity card.',
  })
  idcard_name = '';

  @Pattern({
    label: message('field.idcard_number'),
    optional: true,
    pattern: /^[0-9A-Za-z()-]{0,30}$/,
    max: 30,
    shown: '0–30 0-9 A-Z a-z - ( )',
    description:
      "The identity card's number; taken only where the shop has a key to encrypt it with.",
  })
  idcard_number = '';

  @Text({
    label: message('field.idcard_front'),
    optional: true,
    max: 500,
    description: "URL of a picture that this service stored for the user: the card's front.",
  })
  idcard_front = '';

  @Text({
    label: message('field.idcard_back'),
    optional: true,
    max: 500,
    description: "URL of a picture that this service stored for the user: the card's back.",
  })
  idcard_back = '';
}
