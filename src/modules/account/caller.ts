import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';

/** Who asks, before anyone is logged in. */
export interface Caller extends Origin {
  /** The client's identifier: it finds the picture captcha, and tells who asked for a code. */
  readonly uuid?: string | undefined;
  /** Who is logged in all the same, and logs in or registers once more. */
  readonly user?: Identity | undefined;
}
