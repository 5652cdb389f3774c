import { FileField } from '../../../protocol/validation/file.decorator.js';
import { WholeNumber } from '../../../protocol/validation/whole-number.decorator.js';
import { avatarMessages as message } from '../avatar.messages.js';

/** More than any accepted picture is wide or high, so that the sum of two of them stays exact. */
const MAX = 65_535;

/** The parameters of personal/useravatarupload: the file, and a crop whose numbers come together. */
export class UploadAvatarDto {
  @FileField({
    label: message('field.file'),
    description: 'A JPEG, PNG, WebP or GIF of at most 5 MB and 40 megapixels.',
  })
  file?: string;

  @WholeNumber({
    label: message('field.img_x'),
    optional: true,
    min: 0,
    max: MAX,
    description: 'Left edge of the part to use, in pixels of the upright picture.',
  })
  img_x?: number;

  @WholeNumber({
    label: message('field.img_y'),
    optional: true,
    min: 0,
    max: MAX,
    description: 'Top edge of the part to use.',
  })
  img_y?: number;

  @WholeNumber({
    label: message('field.img_width'),
    optional: true,
    min: 1,
    max: MAX,
    description: 'Width of the part to use.',
  })
  img_width?: number;

  @WholeNumber({
    label: message('field.img_height'),
    optional: true,
    min: 1,
    max: MAX,
    description: 'Height of the part to use.',
  })
  img_height?: number;
}
