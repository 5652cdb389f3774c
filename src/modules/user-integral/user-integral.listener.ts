import { Injectable } from '@nestjs/common';
import { On } from '../../events/on.decorator.js';
import { AccountClosedEvent } from '../account/account.events.js';
import { UserIntegralRepository } from './user-integral.repository.js';

/** What happens to points because something else happened. */
@Injectable()
export class UserIntegralListener {
  constructor(private readonly points: UserIntegralRepository) {}

  /** A closed account keeps no log of its points. */
  @On(AccountClosedEvent)
  async removeOfClosed({ payload }: AccountClosedEvent): Promise<void> {
    await this.points.removeAll(payload.userId);
  }
}
