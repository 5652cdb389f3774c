import { Logger } from '@nestjs/common';
import type { Channel } from '../channels.js';
import type { CodeMessage, CodeSender } from './code-sender.js';

/** Writes codes to the log, on a developer's machine that has asked for it. */
export class LogCodeSender implements CodeSender {
  private readonly logger = new Logger(LogCodeSender.name);

  constructor(readonly channel: Channel) {}

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  send({ purpose, account, code }: CodeMessage): Promise<void> {
    const { channel } = this;
    this.logger.warn({ msg: 'verification code', channel, purpose, account, code });
    return Promise.resolve();
  }
}
