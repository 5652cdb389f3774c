import { maskMiddle } from '../../../protocol/views/mask.js';
import { UserStatus } from '../../personal/entities/user.entity.js';
import { readOneTime } from '../password/one-time-password.js';
import type { OperatedAccount } from './operator.repository.js';

/** What may happen with an account: ShopXO's states, and the ends that it may have had. */
export type AccountState = keyof typeof UserStatus | 'closed' | 'deleted';

/** An account as the command line shows it. Times are in ISO 8601; contacts are masked unless asked for. */
export interface OperatorView {
  readonly id: string;
  readonly number_code: string;
  readonly state: AccountState;
  readonly username: string;
  readonly nickname: string;
  readonly mobile: string;
  readonly email: string;
  readonly password: 'set' | 'none' | `one-time, until ${string}`;
  readonly registered: string;
  readonly changed: string;
}

/** What may be shown of contacts: all, or a part. */
export interface Shown {
  readonly full: boolean;
}

export function toOperatorView(account: OperatedAccount, { full }: Shown): OperatorView {
  const { id, number_code, username, nickname, mobile, email } = account;
  return {
    id,
    number_code,
    state: stateOf(account),
    username,
    nickname,
    mobile: full ? mobile : maskedMobile(mobile),
    email: full ? email : maskedEmail(email),
    password: passwordOf(account),
    registered: account.add_time.toISOString(),
    changed: account.upd_time?.toISOString() ?? '',
  };
}

/** `138****5678`. */
export const maskedMobile = (mobile: string): string =>
  mobile && maskMiddle(mobile, { start: 3, end: 4, stars: 4 });

/** `s***@example.com`. */
export const maskedEmail = (email: string): string =>
  email && `${email.slice(0, 1)}***${email.slice(email.lastIndexOf('@'))}`;

function stateOf({ status, is_delete_time, is_logout_time }: OperatedAccount): AccountState {
  if (is_delete_time) return 'deleted';
  if (is_logout_time) return 'closed';
  const states = Object.keys(UserStatus) as (keyof typeof UserStatus)[];
  return states.find((state) => UserStatus[state] === status) ?? 'normal';
}

function passwordOf({ pwd }: OperatedAccount): OperatorView['password'] {
  const oneTime = readOneTime({ pwd });
  if (oneTime) return `one-time, until ${new Date(oneTime.until * 1_000).toISOString()}`;
  return pwd === '' ? 'none' : 'set';
}
