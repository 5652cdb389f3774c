/** A way to register and log in, by ShopXO's name. */
export type LoginType = 'username' | 'sms' | 'email';

/** What the client's start needs of whoever sends verification codes. */
export interface LoginTypes {
  /** The open ways; the client offers the first one first. */
  open(): readonly LoginType[];
}

/** The injection token of the port. */
export const LOGIN_TYPES = Symbol('LOGIN_TYPES');

/** Where nothing sends codes, a name and a password are the only way. */
export class UsernameOnly implements LoginTypes {
  open(): readonly LoginType[] {
    return ['username'];
  }
}
