import { FileField, WholeNumber } from '../../../protocol/validation/value.decorators.js';
import { avatarMessages as message } from '../avatar.messages.js';

/** More than any accepted picture is wide or high, so that the sum of two of them stays exact. */
export const CROP_MAX = 65_535;

/**
 * The parameters of personal/useravatarupload: the file, and a crop whose four numbers come
 * together. A form sends them all empty or as 0 where nothing was cropped. ShopXO's page rounds each
 * number, which may put an edge one pixel outside.
 */
export class UploadAvatarDto {
  @FileField({
    label: message('field.file'),
    description: 'A JPEG, PNG, WebP or GIF of at most 5 MB and 40 megapixels.',
  })
  file?: string;

  @WholeNumber({
    label: message('field.img_x'),
    optional: true,
    allowEmpty: true,
    min: -1,
    max: CROP_MAX,
    description:
      'Left edge of the part to use, in pixels of the upright picture. No crop where all four ' +
      'numbers are absent, or all are empty or 0.',
  })
  img_x?: number | '';

  @WholeNumber({
    label: message('field.img_y'),
    optional: true,
    allowEmpty: true,
    min: -1,
    max: CROP_MAX,
    description: 'Top edge of the part to use.',
  })
  img_y?: number | '';

  @WholeNumber({
    label: message('field.img_width'),
    optional: true,
    allowEmpty: true,
    min: 0,
    max: CROP_MAX,
    description: 'Width of the part to use.',
  })
  img_width?: number | '';

  @WholeNumber({
    label: message('field.img_height'),
    optional: true,
    allowEmpty: true,
    min: 0,
    max: CROP_MAX,
    description: 'Height of the part to use.',
  })
  img_height?: number | '';
}
