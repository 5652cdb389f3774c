import { CHANNELS } from '../verification/channels.js';

/** How an account is named and proven at registration and login, by ShopXO's names. */
export const ACCOUNT_TYPES = ['username', ...CHANNELS] as const;

export type AccountType = (typeof ACCOUNT_TYPES)[number];
