import { Injectable } from '@nestjs/common';
import { On } from '../../events/on.decorator.js';
import { AccountClosedEvent } from '../account/account.events.js';
import { MessageRepository } from './message.repository.js';

/** What happens to messages because something else happened. */
@Injectable()
export class MessageListener {
  constructor(private readonly messages: MessageRepository) {}

  /** A closed account keeps no message. */
  @On(AccountClosedEvent)
  async removeOfClosed({ payload }: AccountClosedEvent): Promise<void> {
    await this.messages.removeAll(payload.userId);
  }
}
