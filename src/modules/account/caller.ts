import type { Origin } from '../../protocol/request/origin.js';

/** Who asks, before anyone is logged in. */
export interface Caller extends Origin {
  /** The client's identifier: it finds the picture captcha, and tells who asked for a code. */
  readonly uuid?: string | undefined;
}
