import { Injectable } from '@nestjs/common';
import { On } from '../../events/on.decorator.js';
import { AccountClosedEvent } from '../account/account.events.js';
import { UserAddressRepository } from './user-address.repository.js';

/** What happens to addresses because something else happened. */
@Injectable()
export class UserAddressListener {
  constructor(private readonly addresses: UserAddressRepository) {}

  /** A closed account keeps no address. The pictures that they showed are cleaned up as unused. */
  @On(AccountClosedEvent)
  async removeOfClosed({ payload }: AccountClosedEvent): Promise<void> {
    await this.addresses.removeAll(payload.userId);
  }
}
