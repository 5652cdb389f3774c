import { ProtocolException } from '../../envelope/protocol.exception.js';
import { UserStatus } from '../personal/entities/user.entity.js';
import { accountFailures } from './account.messages.js';

/** @throws ProtocolException banned or pending; only for who has proven that it is theirs */
export function refuseUnusable({ status }: { readonly status: number }): void {
  if (status === UserStatus.banned) throw new ProtocolException(accountFailures.banned);
  if (status === UserStatus.pending) throw new ProtocolException(accountFailures.pending);
}
