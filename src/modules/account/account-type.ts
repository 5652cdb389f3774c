/** How an account is named and proven at registration and login. */
export const ACCOUNT_TYPES = ['username', 'sms', 'email'] as const;

export type AccountType = (typeof ACCOUNT_TYPES)[number];
