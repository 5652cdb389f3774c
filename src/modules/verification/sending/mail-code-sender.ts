import {
  type Language,
  type MessageArguments,
  translate,
} from '../../../envelope/message-catalogue.js';
import type { MailGateway } from '../../sending/mail-gateway.js';
import { verificationMessages } from '../verification.messages.js';
import type { CodeMessage, CodeSender } from './code-sender.js';

/** Sends codes by mail. */
export class MailCodeSender implements CodeSender {
  readonly channel = 'email';

  constructor(private readonly gateway: MailGateway) {}

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  check(): Promise<void> {
    return this.gateway.check();
  }

  async send({ purpose, account, code, minutes, language }: CodeMessage): Promise<void> {
    const args = {
      purpose: translate(language, verificationMessages(`purpose.${purpose}`)),
      code,
      minutes,
    };
    await this.gateway.send({
      to: account,
      subject: text('mail.subject', language, args),
      text: text('mail.text', language, args),
    });
  }
}

const text = (
  key: 'mail.subject' | 'mail.text',
  language: Language,
  args: MessageArguments,
): string => translate(language, verificationMessages(key), args);
