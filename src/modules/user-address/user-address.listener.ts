import { Injectable } from '@nestjs/common';
import { On } from '../../events/on.decorator.js';
import { AccountClosedEvent } from '../account/account.events.js';
import { IdCardPicturesService } from './id-card-pictures.service.js';
import { UserAddressRepository } from './user-address.repository.js';

/** What happens to addresses because something else happened. */
@Injectable()
export class UserAddressListener {
  constructor(
    private readonly addresses: UserAddressRepository,
    private readonly pictures: IdCardPicturesService,
  ) {}

  /** A closed account keeps no address and no picture of an identity card. */
  @On(AccountClosedEvent)
  async removeOfClosed({ payload }: AccountClosedEvent): Promise<void> {
    await this.addresses.removeAll(payload.userId);
    await this.pictures.removeAll(payload.userId);
  }
}
