import { Module } from '@nestjs/common';
import { SendingModule } from '../sending/sending.module.js';
import { SecurityNoticeListener } from './security-notice.listener.js';
import { SecurityNoticeService } from './security-notice.service.js';

/**
 * Tells owners by mail or SMS what happened to their accounts. It hears durable events, so that no
 * other module knows of it, and a server that is away is tried again.
 */
@Module({
  imports: [SendingModule],
  providers: [SecurityNoticeListener, SecurityNoticeService],
})
export class SecurityNoticeModule {}
