import { Injectable } from '@nestjs/common';
import { On } from '../../events/on.decorator.js';
import {
  ContactBoundEvent,
  NewAddressUsedEvent,
  PasswordChangedEvent,
  PlatformLinkedEvent,
} from '../account/account.events.js';
import { isContactChanged } from './recipient.js';
import { SecurityNoticeService } from './security-notice.service.js';

/**
 * Puts notices among the messages of the account, whether a contact is bound or not. Apart from
 * `SecurityNoticeListener`, so that a mail server that is away does not keep them back.
 */
@Injectable()
export class NoticeMessageListener {
  constructor(private readonly notices: SecurityNoticeService) {}

  @On(PasswordChangedEvent)
  async keepPassword({ payload }: PasswordChangedEvent): Promise<void> {
    await this.notices.keep('password', `password.${payload.way}`, payload);
  }

  @On(ContactBoundEvent)
  async keepContact({ payload }: ContactBoundEvent): Promise<void> {
    if (!isContactChanged(payload)) return;
    await this.notices.keep('contact', `contact.${payload.channel}`, payload);
  }

  @On(NewAddressUsedEvent)
  async keepAddress({ payload }: NewAddressUsedEvent): Promise<void> {
    await this.notices.keep('address', 'address', payload);
  }

  @On(PlatformLinkedEvent)
  async keepPlatform({ payload }: PlatformLinkedEvent): Promise<void> {
    await this.notices.keep('platform', 'platform', payload);
  }
}
