import { Injectable } from '@nestjs/common';
import { On } from '../../events/on.decorator.js';
import {
  AccountClosedEvent,
  ContactBoundEvent,
  NewAddressUsedEvent,
  PasswordChangedEvent,
  PlatformLinkedEvent,
} from '../account/account.events.js';
import { CONTACT_FIELDS, isContactChanged, recipientOf, sameRecipient } from './recipient.js';
import { SecurityNoticeService } from './security-notice.service.js';

/**
 * Tells owners what happened to their accounts, each at the contact that was bound before it, so that
 * whoever changed it cannot keep the owner from hearing of it.
 */
@Injectable()
export class SecurityNoticeListener {
  constructor(private readonly notices: SecurityNoticeService) {}

  @On(PasswordChangedEvent)
  async tellOfPassword({ payload }: PasswordChangedEvent): Promise<void> {
    const event = `password.${payload.way}` as const;
    await this.notices.tell('password', event, payload, recipientOf(payload));
  }

  @On(ContactBoundEvent)
  async tellContactBefore({ payload }: ContactBoundEvent): Promise<void> {
    if (!isContactChanged(payload)) return;
    const event = `contact.${payload.channel}` as const;
    await this.notices.tell('contact', event, payload, recipientOf(payload));
  }

  /** Apart from the one before, so that a try that fails repeats only its own message. */
  @On(ContactBoundEvent)
  async tellContactAfter({ payload }: ContactBoundEvent): Promise<void> {
    const after = recipientOf({ ...payload, [CONTACT_FIELDS[payload.channel]]: payload.contact });
    if (!isContactChanged(payload) || sameRecipient(after, recipientOf(payload))) return;
    const event = `contact.${payload.channel}` as const;
    await this.notices.tell('contact', event, payload, after);
  }

  @On(AccountClosedEvent)
  async tellOfClosing({ payload }: AccountClosedEvent): Promise<void> {
    const { time, address, clientType, language } = payload;
    // An event of a version that told no more than the id.
    if (!time || !address || !clientType || !language) return;
    const change = { time, address, clientType, language };
    await this.notices.tell('closing', 'closing', change, recipientOf(payload));
  }

  @On(NewAddressUsedEvent)
  async tellOfAddress({ payload }: NewAddressUsedEvent): Promise<void> {
    await this.notices.tell('address', 'address', payload, recipientOf(payload));
  }

  @On(PlatformLinkedEvent)
  async tellOfPlatform({ payload }: PlatformLinkedEvent): Promise<void> {
    await this.notices.tell('platform', 'platform', payload, recipientOf(payload));
  }
}
