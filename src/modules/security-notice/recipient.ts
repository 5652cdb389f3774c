import type { ContactBound } from '../account/account.events.js';

/** Who gets a notice. */
export interface Recipient {
  readonly channel: 'email' | 'sms';
  readonly account: string;
}

/** The contacts of an account; empty where none is bound. */
interface Contacts {
  readonly mobile?: string;
  readonly email?: string;
}

/** Mail where there is one, else SMS; undefined where neither is bound. */
export function recipientOf({ mobile = '', email = '' }: Contacts): Recipient | undefined {
  if (email !== '') return { channel: 'email', account: email };
  return mobile === '' ? undefined : { channel: 'sms', account: mobile };
}

export const sameRecipient = (one?: Recipient, other?: Recipient): boolean =>
  one?.account.toLowerCase() === other?.account.toLowerCase();

/** The contact that a channel reaches. */
export const CONTACT_FIELDS = { sms: 'mobile', email: 'email' } as const;

/** Whether the contact is another than before; one that is bound again is no news. */
export const isContactChanged = (bound: ContactBound): boolean =>
  bound[CONTACT_FIELDS[bound.channel]].toLowerCase() !== bound.contact.toLowerCase();
