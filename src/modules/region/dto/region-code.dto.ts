import { Transform } from 'class-transformer';
import { Pattern } from '../../../protocol/validation/text.decorators.js';
import { regionMessages as message } from '../region.messages.js';

/** The parameter of region/codedata. */
export class RegionCodeDto {
  @Transform(({ value }) => (Number.isSafeInteger(value) ? String(value) : (value as unknown)))
  @Pattern({
    label: message('field.code'),
    max: 30,
    pattern: /^[0-9A-Za-z]+$/,
    shown: '1–30 0-9 A-Z a-z',
    example: '310112',
    description:
      'A code of GB/T 2260, of six digits or without the zeros at its end: 310112, 3101, 31.',
  })
  code!: string;
}
