import { Transform } from 'class-transformer';
import { Text, Trimmed, Verbatim } from '../../../protocol/validation/text.decorators.js';
import { Choice } from '../../../protocol/validation/value.decorators.js';
import { miniProgramMessages as message } from '../mini-program.messages.js';

/** The longest openid, which is longer than a ticket. */
const OPENID_MAX = 128;

/** Longer than the codes of any platform. */
const CODE_MAX = 512;

/** A profile with every field at its limit, and what platforms add to it. */
const AUTH_DATA_MAX = 10_000;

/** Longer than any platform's encrypted profile or number. */
const ENCRYPTED_MAX = 4_096;

/** 16 bytes in base64 have 24 characters. */
const IV_MAX = 64;

const OPENID_DESCRIPTION =
  'The ticket of user/appminiuserauth. Who sends a token may send the own openid instead, or none.';

/** ShopXO's client sends `null` for what its platform does not give; it counts as the default. */
const NullIs = (value: string): PropertyDecorator =>
  Transform(({ value: given }: { value: unknown }) => given ?? value);

/** The parameter of user/appminiuserauth. */
export class AppMiniUserAuthDto {
  @Verbatim({
    label: message('field.authcode'),
    max: CODE_MAX,
    example: '0a3Zgfll2xYOJd4GxXml2rCcwM3Zgfl3',
    description: "The platform's login code, which counts once.",
  })
  authcode!: string;
}

/** The parameters of user/appminiuserinfo. */
export class AppMiniUserInfoDto {
  @Trimmed({
    label: message('field.openid'),
    max: OPENID_MAX,
    example: 'mYVgBhHnUDcmvY2BLIZpgcC6iMQ0I0Rv_3CS7GGZ4xw',
    description: OPENID_DESCRIPTION,
  })
  openid!: string;

  @Verbatim({
    label: message('field.auth_data'),
    max: AUTH_DATA_MAX,
    example: '{"nickName":"p001","gender":1}',
    description:
      'A JSON object: `nickName`, `gender`, `province` and `city`, or for baidu and qq `encrypted_data` and ' +
      '`iv`. What breaks a rule of the profile is left out; no picture is fetched.',
  })
  auth_data!: string;
}

/** The parameters of user/onekeyusermobiledecrypt. */
export class MobileProofDto {
  @NullIs('')
  @Trimmed({
    label: message('field.openid'),
    optional: true,
    max: OPENID_MAX,
    description: OPENID_DESCRIPTION,
  })
  openid = '';

  @NullIs('')
  @Verbatim({
    label: message('field.code'),
    optional: true,
    max: CODE_MAX,
    description: "For weixin: the platform's code for the number.",
  })
  code = '';

  @NullIs('')
  @Verbatim({
    label: message('field.encrypted_data'),
    optional: true,
    max: ENCRYPTED_MAX,
    description: 'For baidu and toutiao: the encrypted number, in base64.',
  })
  encrypted_data = '';

  @NullIs('')
  @Verbatim({
    label: message('field.iv'),
    optional: true,
    max: IV_MAX,
    description: 'For baidu and toutiao: the initialization vector, in base64.',
  })
  iv = '';
}

/** The parameters of user/onekeyusermobilebind. */
export class BindProvenMobileDto extends MobileProofDto {
  @NullIs('')
  @Text({ label: message('field.nickname'), optional: true, max: 60 })
  nickname = '';

  @NullIs('')
  @Text({ label: message('field.province'), optional: true, max: 60 })
  province = '';

  @NullIs('')
  @Text({ label: message('field.city'), optional: true, max: 60 })
  city = '';

  @NullIs('0')
  @Choice({ label: message('field.gender'), optional: true, values: ['0', '1', '2'] })
  gender = '0';
}

/** The parameters of user/userbasereg. */
export class UserBaseRegDto {
  @Trimmed({
    label: message('field.openid'),
    max: OPENID_MAX,
    example: 'mYVgBhHnUDcmvY2BLIZpgcC6iMQ0I0Rv_3CS7GGZ4xw',
    description: OPENID_DESCRIPTION,
  })
  openid!: string;

  @Text({ label: message('field.nickname'), min: 1, max: 60, example: 'p001' })
  nickname!: string;

  @NullIs('')
  @Trimmed({
    label: message('field.mobile'),
    optional: true,
    max: 30,
    description:
      'Taken where user/onekeyusermobiledecrypt has answered this number within ten minutes; any other is ' +
      'ignored.',
  })
  mobile = '';

  @NullIs('')
  @Text({ label: message('field.province'), optional: true, max: 60 })
  province = '';

  @NullIs('')
  @Text({ label: message('field.city'), optional: true, max: 60 })
  city = '';

  @NullIs('0')
  @Choice({ label: message('field.gender'), optional: true, values: ['0', '1', '2'] })
  gender = '0';
}
