import { ProtocolException } from '../../../envelope/protocol.exception.js';
import type { NewProfile } from '../../account/new-profile.js';
import { miniProgramFailures } from '../mini-program.messages.js';
import type { HandedOn } from '../platform.js';
import { required } from '../required.js';
import type { EncryptedData } from './encrypted-data.js';

/**
 * Reads a profile that a platform has encrypted.
 *
 * @param decrypt undefined where it cannot be read, or is of another user or mini-program
 * @throws ProtocolException one that is missing or cannot be read
 */
export function readEncryptedProfile(
  { authData, sessionKey }: HandedOn,
  decrypt: (encrypted: EncryptedData, key: string) => NewProfile | undefined,
): NewProfile {
  const [data, iv] = [textOf(authData.encrypted_data), textOf(authData.iv)];
  required(data, 'encrypted_data');
  required(iv, 'iv');
  const profile = decrypt({ data, iv }, sessionKeyOf(sessionKey));
  if (!profile) throw new ProtocolException(miniProgramFailures.undecryptable);
  return profile;
}

/** @throws ProtocolException it is not known any more */
export function sessionKeyOf(sessionKey: string | undefined): string {
  if (sessionKey === undefined) throw new ProtocolException(miniProgramFailures.noSessionKey);
  return sessionKey;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
