import { isEmail, ValidateBy } from 'class-validator';
import { FromEnv } from './env.js';

/** `Name <a@b.c>`: the name before, the address between the brackets. */
const NAMED_ADDRESS = /^([^<>\r\n"]*)<([^<>\s]+)>$/;

function isSmtpUrl(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'string' || !/^smtps?:\/\/[^/\s]/.test(value)) return false;
  return URL.canParse(value) && new URL(value).hostname !== '';
}

/** Where mail is handed over and whom it comes from. Both settings or none. */
export class MailSettings {
  /** May hold a user and a password; never logged. */
  @FromEnv('SMTP_URL', 'an smtp:// or smtps:// URL such as smtps://user:password@host:465')
  @ValidateBy({ name: 'isSmtpUrl', validator: { validate: isSmtpUrl } })
  readonly smtpUrl?: string;

  @FromEnv('MAIL_FROM', 'an address or "Name <address>", set together with SMTP_URL')
  @ValidateBy({
    name: 'isSender',
    validator: {
      validate: (value: string | undefined, context) => {
        const { smtpUrl } = context?.object as MailSettings;
        if (value === undefined || smtpUrl === undefined) return value === smtpUrl;
        const address = NAMED_ADDRESS.exec(value)?.[2] ?? value;
        return isEmail(address, { require_tld: false });
      },
    },
  })
  private readonly mailFrom?: string;

  /** Undefined where mail is not configured. */
  get from(): { name: string; address: string } | undefined {
    if (this.mailFrom === undefined) return undefined;
    const [, name, address] = NAMED_ADDRESS.exec(this.mailFrom) ?? [];
    return { name: name?.trim() ?? '', address: address ?? this.mailFrom };
  }
}
