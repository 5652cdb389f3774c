import { Inject, Injectable, Logger } from '@nestjs/common';
import { RuntimeSettings } from '../../config/runtime.settings.js';
import { type NoticeKind, SecurityNoticeSettings } from '../../config/security-notice.settings.js';
import { SmsSettings } from '../../config/sms.settings.js';
import { translate } from '../../envelope/message-catalogue.js';
import { timeText } from '../../protocol/views/time.js';
import type { AccountChange } from '../account/account.events.js';
import type { MailGateway } from '../sending/mail-gateway.js';
import { describeFailure, isRecipientRefused } from '../sending/sending-failure.js';
import { MAIL_GATEWAY, SMS_GATEWAY } from '../sending/sending.tokens.js';
import type { SmsGateway } from '../sending/sms-gateway.js';
import type { Recipient } from './recipient.js';
import { type NoticeEvent, noticeMessages as message } from './security-notice.messages.js';

/** When, from where and in which language an owner is told of a change. */
type Occasion = Pick<AccountChange, 'time' | 'address' | 'clientType' | 'language'>;

/** An address group that is none. */
const UNKNOWN = 'unknown';

/** Sends notices. They name no account and hold no code, token or password: strangers may read them. */
@Injectable()
export class SecurityNoticeService {
  private readonly logger = new Logger(SecurityNoticeService.name);

  constructor(
    private readonly settings: SecurityNoticeSettings,
    private readonly runtime: RuntimeSettings,
    private readonly smsSettings: SmsSettings,
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

  private async send(
    event: NoticeEvent,
    { time, address, clientType, language }: Occasion,
    { channel, account }: Recipient,
  ): Promise<void> {
    const args = {
      event: translate(language, message(`event.${event}`)),
      time: timeText(new Date(time)),
      zone: this.runtime.timezone,
      address: address === UNKNOWN ? translate(language, message('unknown')) : address,
      client: clientType,
    };
    if (channel === 'sms') {
      const { noticeTemplateCode: templateCode } = this.smsSettings;
      if (templateCode === undefined) return;
      const parameters = { time: args.time, event: args.event };
      await this.sms?.send({ to: account, templateCode, parameters });
      return;
    }
    const advice = translate(language, message(event === 'closing' ? 'advice.closing' : 'advice'));
    await this.mail?.send({
      to: account,
      subject: translate(language, message('subject'), args),
      text: translate(language, message('text'), { ...args, advice }),
    });
  }
}
