import { PASSWORD_MAX_LENGTH } from '../../../config/password.settings.js';
import type { MessageKey } from '../../../envelope/message-catalogue.js';
import { Trimmed, Verbatim } from '../../../protocol/validation/text.decorators.js';
import { platformIdentityMessages } from '../../platform-identity/platform-identity.messages.js';
import type { GivenOpenids } from '../../platform-identity/platform-links.service.js';
import { accountMessages as message } from '../account.messages.js';

/** The longest email address, which is the longest name of an account. */
const NAME_MAX = 254;

/** A code has fewer digits; this leaves room for what no code is, and bounds it. */
const CODE_MAX = 16;

/** The longest openid, which is longer than a ticket. */
const OPENID_MAX = 128;

/** Longer than any password that can be set here or in ShopXO. */
const GIVEN_PASSWORD_MAX = 256;

/** A user name, mobile number or email address, without white space around it. */
export const AccountName = (options: {
  readonly label?: MessageKey;
  readonly example: string;
  readonly description: string;
}): PropertyDecorator => Trimmed({ label: message('field.accounts'), max: NAME_MAX, ...options });

/** `verify`: the code that reached a mobile number or an email address, or a picture's answer. */
export const SentCode = (
  options: { readonly optional?: boolean; readonly description?: string } = {},
): PropertyDecorator =>
  Trimmed({
    label: message('field.verify'),
    max: CODE_MAX,
    ...(!options.optional && { example: '1234' }),
    description: 'The code that was sent.',
    ...options,
  });

/** `verify` at a sending: the answer of the picture captcha. */
export const PictureAnswer = (): PropertyDecorator =>
  SentCode({
    optional: true,
    description:
      'The characters of the picture that user/userverifyentry draws, while a sending needs one: code -10 without one, -11 with a wrong one. Ignored otherwise.',
  });

/** The account's password until now. */
export const Password = (options: {
  readonly label?: MessageKey;
  readonly optional?: boolean;
  readonly description: string;
}): PropertyDecorator =>
  Verbatim({
    label: message('field.pwd'),
    max: GIVEN_PASSWORD_MAX,
    format: 'password',
    ...options,
  });

/** A password that is to be set; `NewPasswords` judges it. */
export const NewPassword = (options: {
  readonly label?: MessageKey;
  readonly description: string;
}): PropertyDecorator =>
  Verbatim({
    label: message('field.pwd'),
    max: PASSWORD_MAX_LENGTH,
    moduleRefusesLonger: true,
    format: 'password',
    ...options,
  });

const OpenidTicket = (): PropertyDecorator =>
  Trimmed({
    label: platformIdentityMessages('field.openid'),
    optional: true,
    max: OPENID_MAX,
    description:
      "In that platform's mini-program: the ticket of user/appminiuserauth, whose platform identity the " +
      'account gets. Code -1 for anything else but the own openid of who sends a token.',
  });

/** What the forms of mini-programs carry beside their own parameters. */
export class OpenidsDto implements GivenOpenids {
  @OpenidTicket()
  weixin_openid?: string;

  @OpenidTicket()
  qq_openid?: string;

  @OpenidTicket()
  baidu_openid?: string;

  @OpenidTicket()
  toutiao_openid?: string;

  @OpenidTicket()
  kuaishou_openid?: string;

  @OpenidTicket()
  alipay_openid?: string;
}
