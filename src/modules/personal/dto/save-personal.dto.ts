import { Choice, PastDate } from '../../../protocol/validation/value.decorators.js';
import { Text, Trimmed } from '../../../protocol/validation/text.decorators.js';
import { personalMessages as message } from '../personal.messages.js';

/**
 * The parameters of personal/save, in the order in which they are checked. An absent one leaves its
 * column alone, an empty one clears it, but for `mobile`. Whatever else is sent changes nothing.
 */
export class SavePersonalDto {
  @Text({
    label: message('field.nickname'),
    min: 1,
    max: 60,
    example: 'p001',
    description: 'Nickname: 1–60 code points after trimming, at least one of them visible.',
  })
  nickname!: string;

  @PastDate({
    label: message('field.birthday'),
    optional: true,
    min: '1900-01-01',
    example: '2022-11-19',
    description: 'Birthday: YYYY-MM-DD, from 1900-01-01 to today; empty clears it.',
  })
  birthday?: string;

  @Text({
    label: message('field.province'),
    optional: true,
    max: 60,
    example: '上海',
    description: 'Province; empty clears it.',
  })
  province?: string;

  @Text({
    label: message('field.city'),
    optional: true,
    max: 60,
    example: '上海市',
    description: 'City; empty clears it.',
  })
  city?: string;

  @Text({
    label: message('field.county'),
    optional: true,
    max: 60,
    example: '闵行区',
    description: 'District or county; empty clears it.',
  })
  county?: string;

  @Choice({
    label: message('field.gender'),
    optional: true,
    values: ['0', '1', '2'],
    example: '1',
    description: '0 undisclosed, 1 female, 2 male; a string or a JSON number.',
  })
  gender?: string;

  @Text({
    label: message('field.address'),
    optional: true,
    max: 80,
    description: 'Address; empty clears it.',
  })
  address?: string;

  @Text({
    label: message('field.avatar'),
    optional: true,
    max: 500,
    description:
      'URL of a picture that this service stored for the user; empty or the default one resets it.',
  })
  avatar?: string;

  @Trimmed({
    label: message('field.mobile'),
    optional: true,
    max: 30,
    description:
      'Taken where user/onekeyusermobiledecrypt has answered this number for this account within ten ' +
      'minutes; any other is ignored.',
  })
  mobile?: string;
}
