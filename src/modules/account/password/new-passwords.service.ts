import { Injectable } from '@nestjs/common';
import { PASSWORD_MAX_LENGTH, PasswordSettings } from '../../../config/password.settings.js';
import { ProtocolException } from '../../../envelope/protocol.exception.js';
import { hasLength } from '../../../protocol/validation/text.decorators.js';
import { accountFailures, accountMessages } from '../account.messages.js';
import { CommonPasswords } from './common-passwords.js';
import { isRegular } from './regular-password.js';

/** ShopXO's codes of a registration differ from those of a change. */
const FAILURES = {
  registration: {
    format: accountFailures.passwordFormat,
    common: accountFailures.passwordCommon,
    name: accountFailures.passwordIsName,
  },
  change: {
    format: accountFailures.newPasswordFormat,
    common: accountFailures.newPasswordCommon,
    name: accountFailures.newPasswordIsName,
  },
} as const;

/** A password that is to be set. */
export interface NewPassword {
  readonly value: string;
  /** The parameter that holds it. */
  readonly field: 'pwd' | 'new_pwd';
  readonly at: keyof typeof FAILURES;
}

/** What an account is called; what it does not have is empty or left out. */
export interface AccountNames {
  readonly username?: string;
  readonly mobile?: string;
  readonly email?: string;
}

/** Says which passwords may be set. Those that are set already are judged by nobody. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly settings: PasswordSettings,
    private readonly common: CommonPasswords,
  ) {}

  /**
   * Refuses what may be no one's password, and the account's names as far as they are known.
   *
   * @throws ProtocolException too short or long, in code points; one of the most common; a name
   */
  async refuseWeak(password: NewPassword, names: AccountNames = {}): Promise<void> {
    const { value, field, at } = password;
    const label = accountMessages(`field.${field}`);
    const limits = { min: this.settings.minLength, max: PASSWORD_MAX_LENGTH };
    if (!hasLength(value, limits.min, limits.max)) {
      throw new ProtocolException(FAILURES[at].format, { label, field, ...limits });
    }
    if (isRegular(value.toLowerCase(), limits.min) || (await this.common.has(value))) {
      throw new ProtocolException(FAILURES[at].common, { label, field });
    }
    this.refuseNames(password, names);
  }

  /** @throws ProtocolException a name of the account, in whatever case, or its address before the @ */
  refuseNames({ value, field, at }: NewPassword, names: AccountNames): void {
    const { username = '', mobile = '', email = '' } = names;
    const [localPart = ''] = email.split('@');
    const folded = value.toLowerCase();
    if (![username, mobile, email, localPart].some((name) => name.toLowerCase() === folded)) return;
    const label = accountMessages(`field.${field}`);
    throw new ProtocolException(FAILURES[at].name, { label, field });
  }
}
