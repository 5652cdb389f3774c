import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Database } from '../../database/database.js';
import { UserAddress } from './entities/user-address.entity.js';

/** An address that shows public pictures of an identity card. */
export type PublicPictures = Pick<UserAddress, 'id' | 'user_id' | 'idcard_front' | 'idcard_back'>;

/** Addresses of all users that were saved before pictures of identity cards were sealed. */
@Injectable()
export class PublicPicturesRepository {
  constructor(private readonly database: Database) {}

  /** A page of the addresses whose pictures are public, after an id. */
  async list(after: string, length: number): Promise<PublicPictures[]> {
    return this.addresses
      .createQueryBuilder('a')
      .where('a.id > :after', { after })
      .andWhere(`(a.idcard_front LIKE '/static/%' OR a.idcard_back LIKE '/static/%')`)
      .orderBy('a.id')
      .limit(length)
      .getMany();
  }

  /** Puts a sealed picture in place of a public one, where the address has not got another meanwhile. */
  async replace({ user_id, id }: PublicPictures, source: string, path: string): Promise<void> {
    const address = { user_id, id };
    await this.addresses.update({ ...address, idcard_front: source }, { idcard_front: path });
    await this.addresses.update({ ...address, idcard_back: source }, { idcard_back: path });
  }

  private get addresses(): Repository<UserAddress> {
    return this.database.repository(UserAddress);
  }
}
