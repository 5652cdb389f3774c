import { Module } from '@nestjs/common';
import { MailSettings } from '../../config/mail.settings.js';
import { SmsSettings } from '../../config/sms.settings.js';
import { VerificationSettings } from '../../config/verification.settings.js';
import type { MailGateway } from './mail-gateway.js';
import { MAIL_GATEWAY, SMS_GATEWAY } from './sending.tokens.js';
import { SmsGateway } from './sms-gateway.js';

/** The mailer takes a while to load, so only a service that sends mail loads it. */
async function mailGateway(
  { smtpUrl, from }: MailSettings,
  { sendTimeoutMs: timeoutMs }: VerificationSettings,
): Promise<MailGateway | undefined> {
  if (!smtpUrl || !from) return undefined;
  const { MailGateway } = await import('./mail-gateway.js');
  return new MailGateway({ smtpUrl, from, timeoutMs });
}

function smsGateway(
  { accessKeyId, accessKeySecret, signName, endpoint }: SmsSettings,
  { sendTimeoutMs: timeoutMs }: VerificationSettings,
): SmsGateway | undefined {
  if (!accessKeyId || !accessKeySecret || !signName) return undefined;
  return new SmsGateway({ accessKeyId, accessKeySecret, signName, endpoint, timeoutMs });
}

/** Ways to reach people: mail and SMS, each as far as its settings open it. */
@Module({
  providers: [
    {
      provide: MAIL_GATEWAY,
      inject: [MailSettings, VerificationSettings],
      useFactory: mailGateway,
    },
    { provide: SMS_GATEWAY, inject: [SmsSettings, VerificationSettings], useFactory: smsGateway },
  ],
  exports: [MAIL_GATEWAY, SMS_GATEWAY],
})
export class SendingModule {}
