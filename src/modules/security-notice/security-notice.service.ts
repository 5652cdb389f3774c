import { Inject, Injectable, Logger } from '@nestjs/common';
import { RuntimeSettings } from '../../config/runtime.settings.js';
import { type NoticeKind, SecurityNoticeSettings } from '../../config/security-notice.settings.js';
import { SmsSettings } from '../../config/sms.settings.js';
import { translate } from '../../envelope/message-catalogue.js';
import type { AccountChange } from '../account/account.events.js';
import { MessageService } from '../message/message.service.js';
import type { MailGateway } from '../sending/mail-gateway.js';
import { describeFailure, isRecipientRefused } from '../sending/sending-failure.js';
import { MAIL_GATEWAY, SMS_GATEWAY } from '../sending/sending.tokens.js';
import type { SmsGateway } from '../sending/sms-gateway.js';
import { noticeText, type Occasion } from './notice-text.js';
import type { Recipient } from './recipient.js';
import { type NoticeEvent, noticeMessages as message } from './security-notice.messages.js';

/**
 * Sends notices, and keeps them among an account's messages. They name no account and hold no code, token
 * or password: strangers may read them.
 */
@Injectable()
export class SecurityNoticeService {
  private readonly logger = new Logger(SecurityNoticeService.name);

  constructor(
    private readonly settings: SecurityNoticeSettings,
    private readonly runtime: RuntimeSettings,
    private readonly smsSettings: SmsSettings,
    private readonly messages: MessageService,
    @Inject(MAIL_GATEWAY) private readonly mail: MailGateway | undefined,
    @Inject(SMS_GATEWAY) private readonly sms: SmsGateway | undefined,
  ) {}

  /**
   * Sends one, where the settings want this kind and the recipient can be reached. A recipient that is
   * refused for good is logged.
   *
   * @throws Error where the service did not take it over, without anything of the message
   */
  async tell(
    kind: NoticeKind,
    event: NoticeEvent,
    occasion: Occasion,
    recipient: Recipient | undefined,
  ): Promise<void> {
    if (!recipient || !this.settings.kinds.has(kind)) return;
    const error = await this.send(event, occasion, recipient).then(
      () => undefined,
      (reason: unknown) => reason ?? new Error(),
    );
    if (error === undefined) return;
    const failure = { channel: recipient.channel, ...describeFailure(error) };
    if (!isRecipientRefused(error)) {
      throw new Error(`a security notice was not sent: ${JSON.stringify(failure)}`);
    }
    this.logger.warn({ msg: 'a security notice was refused', event, ...failure });
  }

  /**
   * Puts one among the account's messages, where the settings want this kind; once, however often the
   * event is heard.
   */
  async keep(kind: NoticeKind, event: NoticeEvent, change: AccountChange): Promise<void> {
    if (!this.settings.kinds.has(kind)) return;
    const { userId, time, address, language } = change;
    const { subject, text } = noticeText(event, change, this.runtime.timezone);
    await this.messages.send({
      userId,
      title: subject,
      text,
      businessType: translate(language, message('businessType')),
      reference: `security-notice ${event} ${time} ${address}`,
    });
  }

  private async send(
    event: NoticeEvent,
    occasion: Occasion,
    { channel, account }: Recipient,
  ): Promise<void> {
    const notice = noticeText(event, occasion, this.runtime.timezone);
    if (channel === 'email') {
      await this.mail?.send({ to: account, subject: notice.subject, text: notice.text });
      return;
    }
    const { noticeTemplateCode: templateCode } = this.smsSettings;
    if (templateCode === undefined) return;
    const parameters = { time: notice.time, event: notice.event };
    await this.sms?.send({ to: account, templateCode, parameters });
  }
}
