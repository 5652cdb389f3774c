import type { Language } from '../../protocol/languages.js';
import type { PublicParameters } from '../../protocol/public-parameters.js';

/** Where a request comes from, and the language of what it brings about. */
export interface Origin {
  readonly address: string;
  readonly language: Language;
}

/** Who asks, before anyone is logged in. */
export interface Caller extends Origin {
  readonly client: PublicParameters;
  /** The client's identifier, by which its picture captcha is found. */
  readonly uuid?: string;
}
