/**
 * ShopXO's `code` of an answer. Business outcomes travel on HTTP 200, as its clients expect; faults
 * of transport and infrastructure carry their HTTP status too.
 */
export const ResultCode = {
  success: 0,
  /** A parameter is missing or wrong, or the body cannot be read. */
  invalidParameter: -1,
  accountFormat: -2,
  accountTaken: -3,
  wrongPassword: -4,
  verificationMissing: -10,
  verificationWrong: -11,
  /** The operation failed and nothing was changed. */
  failed: -100,
  /** The account's status forbids the operation. */
  accountStatus: -110,
  /** The token is absent, unknown, expired or revoked, or its account is gone, banned or pending. */
  notLoggedIn: -400,
  tooManyRequests: -429,
  unexpected: -500,
  unavailable: -503,
  noSuchRoute: -1000,
} as const;

export type ResultCode = (typeof ResultCode)[keyof typeof ResultCode];
