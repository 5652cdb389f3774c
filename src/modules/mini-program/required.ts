import { ProtocolException } from '../../envelope/protocol.exception.js';
import { protocolFailures } from '../../envelope/protocol.failures.js';
import { miniProgramMessages } from './mini-program.messages.js';

/** @throws ProtocolException a parameter that its platform needs is empty */
export function required(value: string, field: 'code' | 'encrypted_data' | 'iv' | 'openid'): void {
  if (value !== '') return;
  const label = miniProgramMessages(`field.${field}`);
  throw new ProtocolException(protocolFailures.missing, { label, field });
}
