import type { Language } from '../../../envelope/message-catalogue.js';
import type { Channel } from '../channels.js';
import type { Purpose } from '../verification-code.repository.js';

/** A code on its way. */
export interface CodeMessage {
  readonly purpose: Purpose;
  /** A mobile number or an email address, as the channel needs. */
  readonly account: string;
  readonly code: string;
  /** How long the code is valid. */
  readonly minutes: number;
  readonly language: Language;
}

/** Takes codes to people over one channel. Errors may quote the code: they are never logged as they are. */
export interface CodeSender {
  readonly channel: Channel;

  /** Loads what the other two need, where that takes time; it does not count to their time limit. */
  prepare(): Promise<void>;

  /** Whether the service behind can be used at all, whoever is to get a code. @throws where not */
  check(): Promise<void>;

  /** @throws where the service did not take the message over */
  send(message: CodeMessage): Promise<void>;
}

/** The injection token of the open channels' senders, `CodeSender[]`, at most one a channel. */
export const CODE_SENDERS = Symbol('CODE_SENDERS');
