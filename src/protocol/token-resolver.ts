/** Who makes a request, as the session that its token belongs to tells. */
export interface Identity {
  /** The token itself, for the answers that repeat it. Never logged. */
  readonly token: string;
  readonly sessionId: string;
  readonly userId: string;
  /** The session's system type, 1–60 characters. */
  readonly systemType: string;
  /** The session's client type, e.g. `pc`. */
  readonly clientType: string;
}

/** What the protocol needs of the module that keeps the sessions. */
export interface TokenResolver {
  /**
   * @param token 32 lower-case hex digits
   * @returns undefined where the token is unknown, expired or revoked, or its account is gone,
   *   banned or pending
   */
  resolve(token: string): Promise<Identity | undefined>;

  /**
   * Whether there is a session of the token, live or not. It is asked for tokens that are likely wrong,
   * so it takes a moment and asks the database for many together.
   *
   * @param token 32 lower-case hex digits
   */
  isIssued(token: string): Promise<boolean>;

  /**
   * Whose the token was when it was last resolved, if that was a moment ago; without asking the
   * database, so it may have ended since. Only for actions that prove it themselves (`@ProvesSession()`).
   *
   * @param token 32 lower-case hex digits
   */
  recall(token: string): Identity | undefined;
}

/** The injection token under which the session module provides the resolver. */
export const TOKEN_RESOLVER = Symbol('TOKEN_RESOLVER');
