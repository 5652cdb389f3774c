import type { Origin } from '../../protocol/origin.js';

/** Who asks, before anyone is logged in. */
export interface Caller extends Origin {
  /** The client's identifier, by which its picture captcha is found. */
  readonly uuid?: string;
}
