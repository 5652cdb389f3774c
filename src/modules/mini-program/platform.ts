import type { MiniProgramType } from '../platform-identity/mini-program-type.js';
import type { PlatformIdentity } from '../platform-identity/platform-identity.js';
import type { NewProfile } from '../account/new-profile.js';
import type { EncryptedData } from './exchange/encrypted-data.js';

/** What a platform answers for a login code. */
export interface ExchangedCode extends Pick<PlatformIdentity, 'openid' | 'unionid'> {
  /** Only where something that it decrypts is read here. */
  readonly sessionKey?: string;
}

/** What a client hands on of its platform. */
export interface HandedOn {
  /** The client's `auth_data`, as an object. */
  readonly authData: Readonly<Record<string, unknown>>;
  /** What the platform encrypts with; undefined where it is not known. */
  readonly sessionKey: string | undefined;
  /** Whom it must be about. */
  readonly openid: string;
}

/** What proves a mobile number. */
export interface MobileClaim {
  /** A code for it, of platforms that give one. */
  readonly code: string;
  /** The encrypted number, of platforms that give that. */
  readonly encrypted: EncryptedData;
  readonly sessionKey: string | undefined;
}

/** One platform of mini-programs. A further one is a class like this, listed in `platforms/index.ts`. */
export interface MiniProgramPlatform {
  readonly clientType: MiniProgramType;

  /** Whether the settings have its mini-program; nothing else is asked of it otherwise. */
  readonly isConfigured: boolean;

  /** Whether an unknown user is registered at once, because the client shows no form for a profile. */
  readonly registersAtOnce: boolean;

  /**
   * Exchanges a login code, once.
   *
   * @throws ProtocolException the platform refuses it
   * @throws PlatformUnavailableException
   */
  exchange(code: string): Promise<ExchangedCode>;

  /**
   * What the user is called, as far as the client hands it on: it proves nothing but who the user wants to be.
   *
   * @throws ProtocolException encrypted data that cannot be read, or is of another user or mini-program
   */
  readProfile(handedOn: HandedOn): NewProfile;

  /**
   * A mobile number of mainland China that the platform has verified; absent where the platform gives none.
   *
   * @throws ProtocolException a claim that proves none
   * @throws PlatformUnavailableException
   */
  verifiedMobile?(claim: MobileClaim): string | Promise<string>;
}
