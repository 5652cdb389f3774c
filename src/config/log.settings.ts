import { IsIn, Length, ValidateIf } from 'class-validator';
import { FromEnv } from './env.js';

export const ADDRESS_DETAILS = ['full', 'network', 'off'] as const;

/** How much of a client's address is written: all, its /24 or /48 network, or nothing. */
export type AddressDetail = (typeof ADDRESS_DETAILS)[number];

/** What the log tells of callers. */
export class LogSettings {
  @FromEnv('LOG_CLIENT_ADDRESS', `one of ${ADDRESS_DETAILS.join(', ')}`)
  @IsIn(ADDRESS_DETAILS)
  readonly clientAddress: AddressDetail = 'full';

  /** The key of the hashes that stand for accounts in security events; undefined: one per start. */
  @FromEnv('LOG_ACCOUNT_KEY', 'a text of 16 to 200 characters')
  @ValidateIf((_, key) => key !== undefined)
  @Length(16, 200)
  readonly accountKey?: string;
}
