import type { MailSettings } from '../../../config/mail.settings.js';
import type { SmsSettings } from '../../../config/sms.settings.js';
import type { VerificationSettings } from '../../../config/verification.settings.js';
import type { CodeSender } from './code-sender.js';
import { LogCodeSender } from './log-code-sender.js';
import { MailCodeSender } from './mail-code-sender.js';
import { SmsCodeSender } from './sms-code-sender.js';

/** The senders of the channels that the settings open, in ShopXO's order. */
export function createCodeSenders(
  sms: SmsSettings,
  mail: MailSettings,
  { logCodes, sendTimeoutMs: timeoutMs }: VerificationSettings,
): CodeSender[] {
  return [
    smsSender(sms, timeoutMs) ?? (logCodes && new LogCodeSender('sms')),
    mailSender(mail, timeoutMs) ?? (logCodes && new LogCodeSender('email')),
  ].filter((sender) => sender !== false);
}

function smsSender(settings: SmsSettings, timeoutMs: number): CodeSender | undefined {
  const { accessKeyId, accessKeySecret, signName, templateCode, endpoint } = settings;
  if (!accessKeyId || !accessKeySecret || !signName || !templateCode) return undefined;
  return new SmsCodeSender({
    accessKeyId,
    accessKeySecret,
    signName,
    templateCode,
    endpoint,
    timeoutMs,
  });
}

function mailSender({ smtpUrl, from }: MailSettings, timeoutMs: number): CodeSender | undefined {
  return smtpUrl && from ? new MailCodeSender({ smtpUrl, from, timeoutMs }) : undefined;
}
