import { Module } from '@nestjs/common';
import { AvatarModule } from '../avatar/avatar.module.js';
import { PictureUses } from '../avatar/picture-uses.js';
import { PersonalModule } from '../personal/personal.module.js';
import { RegionModule } from '../region/region.module.js';
import { IdCardCipher } from './id-card-cipher.js';
import { IdCardLinks } from './id-card-links.js';
import { IdCardMoverService } from './id-card-mover.service.js';
import { IdCardPictureController } from './id-card-picture.controller.js';
import { IdCardPicturesService } from './id-card-pictures.service.js';
import { OutSystemAddressService } from './out-system-address.service.js';
import { PublicPicturesRepository } from './public-pictures.repository.js';
import { UserAddressController } from './user-address.controller.js';
import { UserAddressListener } from './user-address.listener.js';
import { UserAddressRepository } from './user-address.repository.js';
import { UserAddressService } from './user-address.service.js';

/**
 * Delivery addresses: useraddress/index, detail, save, outsystemadd, delete, setdefault; pictures of
 * identity cards: ueditor/index, useraddress/idcardpicture.
 */
@Module({
  imports: [AvatarModule, PersonalModule, RegionModule],
  controllers: [UserAddressController, IdCardPictureController],
  providers: [
    UserAddressService,
    OutSystemAddressService,
    UserAddressRepository,
    PublicPicturesRepository,
    UserAddressListener,
    IdCardCipher,
    IdCardLinks,
    IdCardPicturesService,
    IdCardMoverService,
  ],
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
