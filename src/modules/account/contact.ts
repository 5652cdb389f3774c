import { ProtocolException } from '../../envelope/protocol.exception.js';
import { isEmail, isMobile, normaliseAccount } from '../verification/account-format.js';
import type { Channel } from '../verification/channels.js';
import { accountFailures } from './account.messages.js';

/** Where codes reach someone: a mobile number by SMS, or an email address in lower case. */
export interface Contact {
  readonly channel: Channel;
  readonly account: string;
}

/** A contact as the name of an account. */
export const asName = ({
  channel,
  account,
}: Contact): { readonly mobile: string } | { readonly email: string } =>
  channel === 'sms' ? { mobile: account } : { email: account };

const FORMATS = {
  sms: { holds: isMobile, failure: accountFailures.mobileFormat },
  email: { holds: isEmail, failure: accountFailures.emailFormat },
} as const;

/**
 * Reads the contact of a channel.
 *
 * @param field the parameter that holds it
 * @throws ProtocolException a wrong form
 */
export function readContact(channel: Contact['channel'], text: string, field: string): Contact {
  const { holds, failure } = FORMATS[channel];
  if (!holds(text)) throw new ProtocolException(failure, { field });
  return { channel, account: normaliseAccount(text) };
}

/**
 * Reads a contact whose form tells its channel.
 *
 * @throws ProtocolException neither a mobile number nor an email address
 */
export function readAnyContact(text: string, field: string): Contact {
  if (isMobile(text)) return readContact('sms', text, field);
  if (isEmail(text)) return readContact('email', text, field);
  throw new ProtocolException(accountFailures.contactFormat, { field });
}
