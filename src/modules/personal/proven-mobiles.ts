import type { Identity } from '../../protocol/auth/token-resolver.js';
import type { Origin } from '../../protocol/request/origin.js';

/** What the profile needs of the module that binds mobile numbers. */
export interface ProvenMobiles {
  /**
   * Binds a mobile number, as a part of the open transaction, where a platform has said within ten minutes that
   * it is this user's. Any other number is left alone.
   *
   * @throws ProtocolException the account has another number, or another account has this one; or not
   *   logged in, where account or session ended meanwhile
   */
  bindIfProven(identity: Identity, mobile: string, origin: Origin): Promise<void>;
}

/** The injection token under which the account module provides it. */
export const PROVEN_MOBILES = Symbol('PROVEN_MOBILES');
