import { addressGroup } from '../../http/client-address.js';
import type { Origin } from '../../protocol/request/origin.js';
import type { AccountChange } from './account.events.js';
import type { Credentials } from './credentials.repository.js';

/**
 * The payload that events about an account share: whose, from which client, and the contacts before it.
 *
 * @param account as it was before the change
 */
export const accountChange = (
  { id, mobile, email }: Pick<Credentials, 'id' | 'mobile' | 'email'>,
  { address, clientType, language }: Origin,
): AccountChange => ({
  userId: id,
  mobile,
  email,
  time: new Date().toISOString(),
  address: addressGroup(address),
  clientType,
  language,
});
