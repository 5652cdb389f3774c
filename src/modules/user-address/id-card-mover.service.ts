import { Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { IdCardPicturesService } from './id-card-pictures.service.js';
import { type PublicPictures, PublicPicturesRepository } from './public-pictures.repository.js';

/** Addresses looked at in one statement. */
const PAGE_LENGTH = 100;

/**
 * Seals the pictures of addresses that were saved before pictures were sealed, and removes the public
 * ones. It may stop anywhere and any number of instances may do it at once: an address names its
 * public picture until the sealed one is stored.
 */
@Injectable()
export class IdCardMoverService {
  static readonly jobName = 'user-address.seal-pictures';

  private readonly logger = new Logger(IdCardMoverService.name);

  constructor(
    private readonly addresses: PublicPicturesRepository,
    private readonly pictures: IdCardPicturesService,
  ) {}

  @Cron('*/10 * * * *', { name: IdCardMoverService.jobName, waitForCompletion: true })
  async move(): Promise<void> {
    let after = '0';
    for (;;) {
      const page = await this.addresses.list(after, PAGE_LENGTH);
      const last = page.at(-1);
      if (!last) return;
      if (!this.pictures.canSeal) {
        this.logger.warn('pictures of identity cards stay public until ID_CARD_KEY is set');
        return;
      }
      for (const address of page) await this.moveOf(address);
      after = last.id;
    }
  }

  private async moveOf(address: PublicPictures): Promise<void> {
    const { user_id: userId, idcard_front, idcard_back } = address;
    const sources = [idcard_front, idcard_back].filter((path) => path.startsWith('/static/'));
    for (const source of sources) {
      try {
        const path = await this.pictures.seal(userId, source);
        if (path === undefined) throw new Error('There is no such picture');
        await this.addresses.replace(address, source, path);
        await this.pictures.remove(userId, [source]);
      } catch (error) {
        const addressId = address.id;
        this.logger.error({ msg: 'a picture could not be sealed yet', addressId, err: error });
      }
    }
  }
}
