import { Module } from '@nestjs/common';
import { MessageModule } from '../message/message.module.js';
import { SendingModule } from '../sending/sending.module.js';
import { NoticeMessageListener } from './notice-message.listener.js';
import { SecurityNoticeListener } from './security-notice.listener.js';
import { SecurityNoticeService } from './security-notice.service.js';

/**
 * Tells owners by mail or SMS, and in their messages, what happened to their accounts. It hears durable events, so that no
 * other module knows of it, and a server that is away is tried again.
 */
@Module({
  imports: [MessageModule, SendingModule],
  providers: [SecurityNoticeListener, NoticeMessageListener, SecurityNoticeService],
})
export class SecurityNoticeModule {}
