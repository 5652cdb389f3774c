import type { MiniProgramType } from './mini-program-type.js';

/** Who somebody is for a platform, as the platform itself has said. */
export interface PlatformIdentity {
  readonly clientType: MiniProgramType;
  readonly systemType: string;
  /** 1–128 characters, another one for each mini-program. */
  readonly openid: string;
  /** The same for all programs of one owner; empty where the platform told none. */
  readonly unionid: string;
}

/** An identity with what the platform encrypts the user's data with. */
export interface ProvenIdentity extends PlatformIdentity {
  /** Only of platforms that encrypt something that is read here. Never leaves the server. */
  readonly sessionKey?: string;
}
