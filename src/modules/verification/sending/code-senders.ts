import type { SmsSettings } from '../../../config/sms.settings.js';
import type { VerificationSettings } from '../../../config/verification.settings.js';
import type { MailGateway } from '../../sending/mail-gateway.js';
import type { SmsGateway } from '../../sending/sms-gateway.js';
import type { CodeSender } from './code-sender.js';
import { LogCodeSender } from './log-code-sender.js';
import { MailCodeSender } from './mail-code-sender.js';
import { SmsCodeSender } from './sms-code-sender.js';

/** The senders of the channels that the settings open, in ShopXO's order. */
export function createCodeSenders(
  sms: SmsGateway | undefined,
  mail: MailGateway | undefined,
  { templateCode }: SmsSettings,
  { logCodes }: VerificationSettings,
): CodeSender[] {
  return [
    sms && templateCode !== undefined
      ? new SmsCodeSender(sms, templateCode)
      : logCodes && new LogCodeSender('sms'),
    mail ? new MailCodeSender(mail) : logCodes && new LogCodeSender('email'),
  ].filter((sender) => sender !== false);
}
