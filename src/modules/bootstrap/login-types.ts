import type { AccountType } from '../account/account-type.js';

/** What the client's start needs of whoever logs accounts in. */
export interface LoginTypes {
  /** The open ways to register and log in; the client offers the first one first. */
  offeredTypes(): readonly AccountType[];
  /** Whether sending a code needs a picture captcha now. */
  needsPicture(): Promise<boolean>;
}

/** The injection token of the port. */
export const LOGIN_TYPES = Symbol('LOGIN_TYPES');
