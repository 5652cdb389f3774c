import { DurableEvent, InProcessEvent } from '../../events/domain-event.js';

export interface AccountRegistered {
  /** The new account's id. */
  readonly userId: string;
}

/** An account was registered. It was logged in, too, which `session.opened` tells. */
export class AccountRegisteredEvent extends DurableEvent<AccountRegistered> {
  static readonly eventName = 'account.registered';
  readonly name = AccountRegisteredEvent.eventName;
}

export interface AccountClosed {
  /** The id of the account, whose row stays without anything that names or describes a person. */
  readonly userId: string;
}

/** An account was closed by its user, for ever. Whoever keeps something of it has to delete it. */
export class AccountClosedEvent extends DurableEvent<AccountClosed> {
  static readonly eventName = 'account.closed';
  readonly name = AccountClosedEvent.eventName;
}

export interface PasswordChanged {
  /** Whose password it is. */
  readonly userId: string;
  /** `changed` by who is logged in, or `reset` by a code because it was forgotten. */
  readonly way: 'changed' | 'reset';
}

/** A new password was set. The renewal of an outdated hash at a login is none. */
export class PasswordChangedEvent extends InProcessEvent<PasswordChanged> {
  static readonly eventName = 'password.changed';
  readonly name = PasswordChangedEvent.eventName;
}

export interface ContactBound {
  /** Whose contact it is. */
  readonly userId: string;
  /** `sms` for a mobile number, `email` for an address. */
  readonly channel: 'sms' | 'email';
}

/** A mobile number or an email address was bound to an account, in place of another perhaps. */
export class ContactBoundEvent extends InProcessEvent<ContactBound> {
  static readonly eventName = 'contact.bound';
  readonly name = ContactBoundEvent.eventName;
}
