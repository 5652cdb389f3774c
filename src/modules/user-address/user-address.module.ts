import { Module } from '@nestjs/common';
import { AvatarModule } from '../avatar/avatar.module.js';
import { PictureUses } from '../avatar/picture-uses.js';
import { PersonalModule } from '../personal/personal.module.js';
import { RegionModule } from '../region/region.module.js';
import { IdCardCipher } from './id-card-cipher.js';
import { UserAddressController } from './user-address.controller.js';
import { UserAddressListener } from './user-address.listener.js';
import { UserAddressRepository } from './user-address.repository.js';
import { UserAddressService } from './user-address.service.js';

/** Delivery addresses: useraddress/index, detail, save, delete, setdefault. */
@Module({
  imports: [AvatarModule, PersonalModule, RegionModule],
  controllers: [UserAddressController],
  providers: [UserAddressService, UserAddressRepository, UserAddressListener, IdCardCipher],
})
export class UserAddressModule {
  constructor(pictures: PictureUses) {
    pictures.add({
      table: 'sxo_user_address',
      owner: 'user_id',
      columns: ['idcard_front', 'idcard_back'],
    });
  }
}
