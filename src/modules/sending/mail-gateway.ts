import { createTransport, type Transporter } from 'nodemailer';

interface MailOptions {
  readonly smtpUrl: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Milliseconds for each step of the conversation. */
  readonly timeoutMs: number;
}

/** A mail in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands mail over to an SMTP server. Errors may quote the mail: they are never logged as they are. */
export class MailGateway {
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

  /** Connects, and logs in where the URL has a user. @throws where that fails */
  async check(): Promise<void> {
    await this.transport.verify();
  }

  /** @throws where the server did not take the mail over */
  async send({ to, subject, text }: Mail): Promise<void> {
    // An object, for as text an address could be read as a list of them.
    await this.transport.sendMail({ to: { name: '', address: to }, subject, text });
  }
}
