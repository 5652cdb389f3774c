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
   * The identity of a token that was resolved a moment ago, without asking the database. The session may
   * have ended since, so this is only for actions that check it again (`@ProvesSession()`).
   *
   * @param token 32 lower-case hex digits
   */
  cached(token: string): Identity | undefined;

  /** Drops a token from the cache, because its session was found to have ended. */
  forget(token: string): void;
}

/** The injection token under which the session module provides the resolver. */
export const TOKEN_RESOLVER = Symbol('TOKEN_RESOLVER');
