import { Choice } from '../../../protocol/validation/value.decorators.js';
import { Pattern } from '../../../protocol/validation/text.decorators.js';
import { CAPTCHA_TYPES, type CaptchaType } from '../captcha.service.js';
import { verificationMessages as message } from '../verification.messages.js';

/** The parameters of user/userverifyentry. */
export class UserVerifyEntryDto {
  @Choice({
    label: message('field.type'),
    values: CAPTCHA_TYPES,
    example: 'user_login',
    description: 'What the picture guards.',
  })
  type!: CaptchaType;

  @Pattern({
    label: message('field.uuid'),
    optional: true,
    pattern: /^[A-Za-z0-9_-]{0,64}$/,
    max: 64,
    shown: '0–64 a-z A-Z 0-9 _ -',
    description:
      "The client's own random identifier, sent again with the answer; without one, the client's address stands for it.",
  })
  uuid?: string;
}
