import { addressGroup } from '../../http/client-address.js';
import type { Identity } from '../../protocol/auth/token-resolver.js';
import { hashWith, matches } from './salted-hash.js';
import type { StoredCode } from './verification-code.repository.js';

/** Who asks for a code, or tries one. */
export interface CodeClient {
  /** The network address, see `@ClientAddress()`. */
  readonly address: string;
  /** The client's own random identifier, see `@ClientUuid()`. */
  readonly uuid?: string | undefined;
  /** Who is logged in; for a binding only. */
  readonly identity?: Pick<Identity, 'sessionId' | 'userId'> | undefined;
}

/** The name that a client keeps at every address: its session or uuid; the prefix keeps them apart. */
export const clientName = ({ identity, uuid }: CodeClient): string | undefined => {
  if (identity) return `session:${identity.sessionId}`;
  return uuid === undefined ? undefined : `uuid:${uuid}`;
};

/** Who asks, as it is stored with the code. */
export const hashesOf = (
  client: CodeClient,
  salt: Buffer,
): Pick<StoredCode, 'addressHash' | 'clientHash'> => {
  const name = clientName(client);
  return {
    addressHash: hashWith(salt, addressGroup(client.address)),
    clientHash: name === undefined ? null : hashWith(salt, name),
  };
};

/** Whether this session or uuid asked for the code. */
export const hasAsked = (client: CodeClient, { salt, clientHash }: StoredCode): boolean => {
  const name = clientName(client);
  return clientHash !== null && name !== undefined && matches({ salt, hash: clientHash }, name);
};

/** Whether the code was asked for from this address group. */
export const isWhereAsked = ({ address }: CodeClient, { salt, addressHash }: StoredCode): boolean =>
  addressHash !== null && matches({ salt, hash: addressHash }, addressGroup(address));
