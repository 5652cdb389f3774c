import { DurableEvent } from '../../events/domain-event.js';
import type { Language } from '../../envelope/message-catalogue.js';

/** How a change of an account came about, and where its owner could be reached until then. */
export interface AccountChange {
  /** Whose account it is. */
  readonly userId: string;
  /** The mobile number that was bound before; empty where none was. */
  readonly mobile: string;
  /** The email address that was bound before; empty where none was. */
  readonly email: string;
  /** When, in ISO 8601. */
  readonly time: string;
  /** The group of the client's address: an IPv4 address, an IPv6 /64, or `unknown`. */
  readonly address: string;
  /** The client's kind, such as `pc`. */
  readonly clientType: string;
  /** The language of the request. */
  readonly language: Language;
}

export interface AccountRegistered {
  /** The new account's id. */
  readonly userId: string;
}

/** An account was registered. It was logged in, too, which `session.opened` tells. */
export class AccountRegisteredEvent extends DurableEvent<AccountRegistered> {
  static readonly eventName = 'account.registered';
  readonly name = AccountRegisteredEvent.eventName;
}

/** Events of earlier versions have the id alone. */
export interface AccountClosed extends Partial<Omit<AccountChange, 'userId'>> {
  /** The id of the account, whose row stays without anything that names or describes a person. */
  readonly userId: string;
}

/** An account was closed, by its user or an operator, for ever. Whoever keeps something of it has to delete it. */
export class AccountClosedEvent extends DurableEvent<AccountClosed> {
  static readonly eventName = 'account.closed';
  readonly name = AccountClosedEvent.eventName;
}

export interface PasswordChanged extends AccountChange {
  /** `changed` by who is logged in, or `reset` by a code or an operator because it was forgotten. */
  readonly way: 'changed' | 'reset';
}

/** A new password was set. The renewal of an outdated hash at a login is none. */
export class PasswordChangedEvent extends DurableEvent<PasswordChanged> {
  static readonly eventName = 'password.changed';
  readonly name = PasswordChangedEvent.eventName;
}

export interface ContactBound extends AccountChange {
  /** `sms` for a mobile number, `email` for an address. */
  readonly channel: 'sms' | 'email';
  /** The number or address that is bound now. */
  readonly contact: string;
}

/** A mobile number or an email address was bound to an account, in place of another perhaps. */
export class ContactBoundEvent extends DurableEvent<ContactBound> {
  static readonly eventName = 'contact.bound';
  readonly name = ContactBoundEvent.eventName;
}

/** The identity of a mini-program's platform was linked to an account that was there: it signs in from now on. */
export class PlatformLinkedEvent extends DurableEvent<AccountChange> {
  static readonly eventName = 'platform.linked';
  readonly name = PlatformLinkedEvent.eventName;
}

/**
 * A session was opened from an address group that the account was not known at, though it was at others.
 * That a registration opens one is no such event.
 */
export class NewAddressUsedEvent extends DurableEvent<AccountChange> {
  static readonly eventName = 'address.first_used';
  readonly name = NewAddressUsedEvent.eventName;
}
