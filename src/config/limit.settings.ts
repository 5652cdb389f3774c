import { IsInt, Max, Min } from 'class-validator';
import { FromEnv, parseInteger } from './env.js';

const MOST = 1_000_000;

/** Binds a limit to its variable: requests a minute, 0 for no limit. */
const Limit = (name: string): PropertyDecorator => {
  const decorators = [
    FromEnv(name, `requests a minute from 0 (no limit) to ${MOST}`, parseInteger),
    IsInt(),
    Min(0),
    Max(MOST),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
};

/** How many requests are answered in a minute, from one user or one address. */
export class LimitSettings {
  /** Writes and uploads of a user, all actions together. */
  @Limit('RATE_LIMIT_USER_WRITES')
  readonly userWrites: number = 60;

  /** Reads of a user. */
  @Limit('RATE_LIMIT_USER_READS')
  readonly userReads: number = 600;

  /** Writes to public routes from an address, such as logins. */
  @Limit('RATE_LIMIT_PUBLIC_WRITES')
  readonly publicWrites: number = 60;

  /** Reads from an address by who is not logged in. Thousands may share one. */
  @Limit('RATE_LIMIT_PUBLIC_READS')
  readonly publicReads: number = 300;

  /** Wrong tokens from an address, on routes that need a good one. */
  @Limit('RATE_LIMIT_WRONG_TOKENS')
  readonly wrongTokens: number = 60;

  /** Requests from an address for what is not there or not open to it. */
  @Limit('RATE_LIMIT_REFUSALS')
  readonly refusals: number = 120;

  /** Requests from an address for files and pictures, whether they exist or not. */
  @Limit('RATE_LIMIT_FILE_READS')
  readonly fileReads: number = 1_200;
}

/** A limit, by its setting. */
export type LimitName = keyof LimitSettings;
