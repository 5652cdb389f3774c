import { createTransport, type Transporter } from 'nodemailer';
import type { Language } from '../../../protocol/languages.js';
import { type MessageArguments, translate } from '../../../protocol/message-catalogue.js';
import { verificationMessages } from '../verification.messages.js';
import type { CodeMessage, CodeSender } from './code-sender.js';

interface MailOptions {
  readonly smtpUrl: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Milliseconds for each step of the conversation. */
  readonly timeoutMs: number;
}

/** Sends codes as plain-text mail over SMTP. */
export class MailCodeSender implements CodeSender {
  readonly channel = 'email';
  private readonly transport: Transporter;

  constructor({ smtpUrl, from, timeoutMs }: MailOptions) {
    this.transport = createTransport(
      {
        url: smtpUrl,
        dnsTimeout: timeoutMs,
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      { from },
    );
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  /** Connects, and logs in where the URL has a user. */
  async check(): Promise<void> {
    await this.transport.verify();
  }

  async send({ purpose, account, code, minutes, language }: CodeMessage): Promise<void> {
    const args = {
      purpose: translate(language, verificationMessages(`purpose.${purpose}`)),
      code,
      minutes,
    };
    await this.transport.sendMail({
      // An object, for as text an address could be read as a list of them.
      to: { name: '', address: account },
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
